import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct PartsTests {
  private func temporary() -> String { "/tmp/pipectl-part-\(getpid())-\(UInt32.random(in: 0...UInt32.max))" }

  private static let judgements: [(RoundEnd, String)] = [
    (RoundEnd(tap: .code(0), target: .code(0)), "succeeded"),
    (RoundEnd(interruption: .cancel, tap: .code(0), target: .code(0)), "cancelled"),
    (RoundEnd(interruption: .cancel, tap: .code(0), target: .code(1)), "cancelled"),
    (RoundEnd(interruption: .runTimeout(TimeSpan(seconds: 1)), tap: .code(0), target: .code(0)), "run-timeout"),
    (RoundEnd(interruption: .noProgress(TimeSpan(seconds: 1)), tap: .code(0), target: .code(0)), "no-progress"),
    (RoundEnd(interruption: .targetGone, tap: .code(0), target: .code(0)), "target-failed"),
    (RoundEnd(interruption: .journal("full"), tap: .code(0), target: .code(0)), "journal-failed"),
    (RoundEnd(tap: .code(1), target: .code(0)), "tap-failed"),
    (RoundEnd(tap: .code(1), target: .code(1)), "tap-failed"),
    (RoundEnd(tap: .signal(SIGSEGV), target: .code(0)), "tap-failed"),
    (RoundEnd(tap: .signal(SIGTERM), target: .code(0)), "cut-short"),
    (RoundEnd(tap: .code(0), target: .code(2)), "target-failed"),
    (RoundEnd(tap: .code(0), target: .code(0), unfinishedBytes: 3), "cut-short"),
    (RoundEnd(tap: .code(0), target: .code(0), wasTargetEnded: true), "target-failed"),
  ]

  @Test(arguments: judgements)
  func `only a round in which nobody interfered succeeds`(end: RoundEnd, expected: String) {
    let outcome = judge(end, drainTimeout: TimeSpan(seconds: 5))
    if case .failed(let failure) = outcome {
      #expect(failure.code.rawValue == expected)
    } else {
      #expect(outcome.word == expected)
    }
  }

  @Test(arguments: [1, 3, 7, 64, 1000])
  func `lines come whole however the bytes come`(chunk: Int) throws {
    let path = temporary()
    defer { unlink(path) }
    let lines = (0..<200).map { String(repeating: "x", count: $0 * 7 % 301) }
    let text = lines.joined(separator: "\n") + "\nunfinished"
    try Files.replace(path, with: Array(text.utf8))
    let reader = LineReader(try FileDescriptor(opening: path, O_RDONLY), chunk: chunk)
    var read: [String] = []
    while let block = try reader.next() {
      #expect(block.last == 0x0A)
      block.eachLine { line in
        read.append(String(decoding: line, as: UTF8.self))
        return true
      }
    }
    #expect(read == lines)
    #expect(String(decoding: reader.rest, as: UTF8.self) == "unfinished")
  }

  @Test func `a log keeps its first and its last lines, and a tail follows it over the cuts`() throws {
    let path = temporary()
    defer { unlink(path) }
    let log = try BoundedLog(path: path, bound: 10_000, scrubber: Scrubber())
    var tail = LogTail(path)
    var followed: [String] = []
    for number in 0..<5000 {
      log.add("line \(number)")
      if number % 100 == 0 { followed += try tail.next() }
    }
    followed += try tail.next()
    let text = String(decoding: try Files.contents(of: path), as: UTF8.self)
    #expect(text.utf8.count <= 20_100)
    #expect(log.isTruncated)
    #expect(text.contains("about \(log.bytesLeftOut) bytes are left out here"))
    let lines = text.split(separator: "\n")
    #expect(lines.first?.hasSuffix(" line 0") == true)
    #expect(lines.last?.hasSuffix(" line 4999") == true)
    #expect(lines.filter { $0.contains("[pipectl] the log reached its bound") }.count == 1)
    #expect(lines.allSatisfy { Timestamp(rfc3339: String($0.prefix { $0 != " " })) != nil })
    #expect(followed.last?.hasSuffix(" line 4999") == true)
    #expect(followed.allSatisfy { Timestamp(rfc3339: String($0.prefix { $0 != " " })) != nil })
    #expect(log.lastLines.last == "line 4999")
  }

  @Test func `the lock can be asked for without being taken, and ends with its last descriptor`() throws {
    let directory = RunDirectory(temporary())
    try Files.makeFolder(directory.path)
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    #expect(try RunLock.isHeld(directory) == false)
    let lock = try #require(try RunLock.take(directory))
    let copy = FileDescriptor(adopting: dup(lock.number))
    #expect(try RunLock.isHeld(directory))
    #expect(try RunLock.take(directory) == nil)
    lock.close()
    #expect(try RunLock.isHeld(directory))
    copy.close()
    #expect(try RunLock.isHeld(directory) == false)
    let again = try RunLock.take(directory)
    #expect(again != nil)
  }

  @Test func `a gated child is there before its program, and never begins when the gate is dropped`() throws {
    let path = temporary()
    defer { unlink(path) }
    let null = try FileDescriptor(opening: "/dev/null", O_RDWR)
    let child = ChildProcess(
      path: "/bin/sh", arguments: ["sh", "-c", "echo begun > \(path)"], environment: [], directory: "/", input: null,
      output: null, error: null)
    var gated: ChildProcess.Gated? = try child.spawnGated()
    let pid = try #require(gated?.pid)
    let entry = try #require(ProcessTable.entry(of: pid))
    #expect(entry.group == pid)
    gated = nil
    var status: Int32 = 0
    #expect(waitpid(pid, &status, 0) == pid)
    #expect(ProcessExit(waitStatus: status) == .code(127))
    #expect(!Files.exists(path))
    let second = try child.spawnGated()
    try second.open()
    #expect(waitpid(second.pid, &status, 0) == second.pid)
    #expect(ProcessExit(waitStatus: status) == .code(0))
    #expect(Files.exists(path))
  }

  @Test func `a program that cannot start says why`() throws {
    let null = try FileDescriptor(opening: "/dev/null", O_RDWR)
    let child = ChildProcess(
      path: "/etc/passwd", arguments: ["passwd"], environment: [], directory: nil, input: null, output: null,
      error: null)
    #expect(throws: PosixError("start the program", EACCES)) { try child.spawn() }
  }

  @Test(arguments: [
    (BookmarkScope.all, nil), (.streams([]), #"{"bookmarks":{"a":1,"b":2,"[c]":3},"x":0}"#),
    (.streams(["a"]), #"{"bookmarks":{"b":2,"[c]":3},"x":0}"#),
    (.streams(["?"]), #"{"bookmarks":{"[c]":3},"x":0}"#), (.streams(["[c]"]), #"{"bookmarks":{"a":1,"b":2},"x":0}"#),
  ])
  func `useless bookmarks are left out by name and pattern`(scope: BookmarkScope, expected: String?) {
    #expect(StreamChoice.state(#"{"bookmarks":{"a":1,"b":2,"[c]":3},"x":0}"#, without: scope) == expected)
  }
}
