import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct RunTests {
  @Test func `a whole run discovers, loads, counts, and keeps the state that the target confirmed`() async throws {
    let bench = try Bench()
    let tap = steps(.step("rows", .int(3)), .step("state"), .step("rows", .int(2)), .step("state"))
    try await bench.start(bench.order(tap: [tap]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.stages.map(\.stage) == [.discover, .extract, .load])
    #expect(report.stages.allSatisfy { $0.endedAt != nil })
    #expect(report.streams.map(\.name) == ["orders"])
    #expect(report.streams.map(\.records) == [5])
    #expect(report.confirmedStates.map(\.text) == [state(3), state(5)])
    #expect(report.confirmedStates.map(\.sequence) == [1, 2])
    #expect(report.tapExit == .code(0))
    #expect(report.targetExit == .code(0))
    #expect(report.catalog?.contains("tap_stream_id") == true)
    #expect(report.conditions == [])
    #expect(bench.lines("rows") == ["1", "2", "3", "4", "5"])
    let files = try bench.files()
    #expect(Set(files).isDisjoint(with: ["tap-config.json", "target-config.json", "reserve"]))
  }

  @Test func `the next run goes on from the state, without a bookmark that has become useless`() async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(1)), .step("state")), ConfigEntry("seen_state", .string(bench.file("seen"))),
    ]
    try await bench.start(bench.order(1, tap: tap), state: state(7))
    #expect(try await bench.ended(1).confirmedStates.map(\.text) == [state(8)])
    try await bench.engine.retire(bench.run(1))
    try await bench.start(bench.order(2, tap: tap, stale: .streams(["ord*"])), state: state(7))
    #expect(try await bench.ended(2).confirmedStates.map(\.text) == [state(1)])
    #expect(bench.lines("seen") == [state(7), #"{"bookmarks": {}}"#])
  }

  @Test(arguments: [(RunMode.historical, "null"), (.snapshot, "null"), (.incremental, state(7))])
  func `only an incremental run is given the stored state`(mode: RunMode, seen: String) async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(1)), .step("state")), ConfigEntry("seen_state", .string(bench.file("seen"))),
      ConfigEntry("seen_catalog", .string(bench.file("catalog"))),
    ]
    try await bench.start(bench.order(mode: mode, tap: tap), state: state(7))
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(bench.lines("seen") == [seen])
    #expect(bench.text("catalog").contains("FULL_TABLE") == (mode == .snapshot))
  }

  @Test func `a stream that the tap does not have is refused by name, and not tried again`() async throws {
    let bench = try Bench()
    let streams = StreamSelection.only([StreamRule(name: "order")])
    try await bench.start(bench.order(tap: [steps()], streams: streams, retry: RetryPolicy(attempts: 3)))
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .catalogRefused)
    #expect(failure.message.contains("`order`") && failure.message.contains("`orders`"))
    #expect(try bench.history().attempt == 1)
  }

  @Test func `a discovery that fails says why`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: [ConfigEntry("discover_exit", .int(4))]))
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .discoveryFailed)
    #expect(failure.lastLines == ["discovering"])
  }

  @Test func `a line of 20 MB passes whole, and the supervisor is small again`() async throws {
    let bench = try Bench()
    let tap = steps(
      .step("big", .int(20_000_000)), .step("rows", .int(3)), .step("touch", .string(bench.file("sent"))),
      .step("await", .string(bench.file("go"))))
    try await bench.start(bench.order(tap: [tap]))
    try await bench.eventually("the rows arrive") { bench.lines("rows").count == 4 }
    let supervisor = try #require(try bench.history().supervisor)
    let status = String(decoding: try Files.contents(of: "/proc/\(supervisor.identity.pid)/status"), as: UTF8.self)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    let kilobytes = try #require(Int(line.split(separator: " ")[1]))
    #expect(kilobytes < 60_000)
    bench.touch("go")
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.streams.first.map { $0.bytes ?? 0 > 20_000_000 } == true)
  }

  @Test func `a target that does not read slows the tap, and the supervisor does not grow`() async throws {
    let bench = try Bench()
    let tap = steps(
      .step("big", .int(3_000_000)), .step("big", .int(3_000_000)), .step("big", .int(3_000_000)),
      .step("big", .int(3_000_000)), .step("touch", .string(bench.file("all-sent"))))
    try await bench.start(
      bench.order(tap: [tap], target: [ConfigEntry("gate", .string(bench.file("go")))]))
    _ = try await bench.report { $0.status == .active(.extract) }
    try await bench.eventually("the tap is stuck") {
      guard let tap = try bench.history().children.first(where: { $0.role == .tap }) else { return false }
      let wait = (try? Files.contents(of: "/proc/\(tap.identity.pid)/wchan")).map {
        String(decoding: $0, as: UTF8.self)
      }
      return wait?.contains("pipe") == true || bench.exists("all-sent")
    }
    #expect(!bench.exists("all-sent"))
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(bench.lines("rows").count == 4)
  }

  @Test func `whoever waits for the end of a run hears of it when it comes`() async throws {
    let bench = try Bench()
    let gate = bench.file("gate")
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(1)), .step("await", .string(gate)))]))
    _ = try await bench.report { $0.status == .active(.extract) }
    let journal = try #require(bench.engine.directory(of: bench.run())).journal
    async let end: Void = bench.engine.awaitEnd(of: [bench.run()], timeout: TimeSpan(seconds: 600))
    try await bench.eventually("the journal is watched") { try isWatched(journal) }
    try Data().write(to: URL(fileURLWithPath: gate))
    await end
    #expect(try await bench.ended().status == .ended(.succeeded))
  }

  /// By inotify, in this process.
  private func isWatched(_ file: String) throws -> Bool {
    var status = stat()
    guard stat(file, &status) == 0 else { return false }
    let mark = " ino:\(String(status.st_ino, radix: 16)) "
    return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo").contains { number in
      let words = (try? String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)) ?? ""
      return words.contains(mark) && words.contains("inotify")
    }
  }

  @Test func `a flood on stderr is kept at both ends, with what is left out announced`() async throws {
    let bench = try Bench()
    let tap = steps(.step("stderr", .int(40_000)), .step("say", .string("the very end")))
    try await bench.start(bench.order(tap: [tap]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions == [.logTruncated])
    let log = String(decoding: try Files.contents(of: try bench.directory().tapLog), as: UTF8.self)
    #expect(log.utf8.count < 17 << 20)
    #expect(try #require(report.logBytesLeftOut) > 0)
    #expect(log.contains("about \(try #require(report.logBytesLeftOut)) bytes are left out here"))
    #expect(log.contains(" line 0 yyy"))
    #expect(log.contains("bytes are left out here"))
    #expect(log.hasSuffix("the very end\n"))
  }

  @Test func `what the target prints and is no state goes to its log`() async throws {
    let bench = try Bench()
    let tap = steps(.step("rows", .int(1)), .step("state"))
    try await bench.start(bench.order(tap: [tap], target: [ConfigEntry("noise", .string("hello 42"))]))
    let report = try await bench.ended()
    #expect(report.confirmedStates.map(\.text) == [state(1)])
    #expect(try bench.allText().contains("no state: hello 42"))
  }

  @Test(arguments: [(state(2), state(2)), (#"{"bookmarks": {"#, state(1))])
  func `a target's last state counts without a line end where it is whole`(last: String, confirmed: String)
    async throws
  {
    let bench = try Bench()
    let tap = steps(.step("rows", .int(1)), .step("state"))
    try await bench.start(bench.order(tap: [tap], target: [ConfigEntry("last_words", .string(last))]))
    let report = try await bench.ended()
    #expect(report.confirmedStates.last?.text == confirmed)
    #expect(report.status == .ended(.succeeded))
    #expect(try bench.allText().contains("no state: ") == (last != confirmed))
  }

  @Test func `a config that the tap rewrote is noticed and said`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: [steps(.step("rewrite"))]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions == [.configRewritten])
  }

  @Test func `built-in connectors run as the same binary`() async throws {
    let bench = try Bench()
    try "id,name\n1,a\n2,b\n".write(toFile: bench.file("people.csv"), atomically: true, encoding: .utf8)
    var order = bench.order(tap: [])
    order.spec.work = .replication(
      Replication(
        source: Connection(
          name: nil, connector: .builtin("csv"), config: [ConfigEntry("path", .string(bench.file("people.csv")))]),
        destination: Connection(
          name: nil, connector: .builtin("jsonl"), config: [ConfigEntry("folder", .string(bench.file("out")))]),
        streams: .all))
    try await bench.start(order)
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.streams.map(\.records) == [2])
  }
}
