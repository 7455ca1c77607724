import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

/// A folder with an engine, a scripted tap and a scripted target in it; removed with its last owner.
final class Bench: Sendable {
  let path: String
  let engine: LocalEngine

  init() throws {
    path = "/tmp/pipectl-engine-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    engine = LocalEngine(runsDirectory: path + "/runs", supervisorCommand: [try Bench.binary(), "supervise"])
    for (name, text) in [("tap", Scripts.tap), ("target", Scripts.target)] {
      try Bench.writeProgram("#!/usr/bin/python3 -S\n" + text, to: file(name))
    }
  }

  deinit {
    for process in processes(withSupervisors: true) { kill(process, SIGKILL) }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// By another process: a file that this one has open for writing is for a moment also open in what other tests start, and then cannot be
  /// executed ("Text file busy").
  static func writeProgram(_ text: String, to path: String) throws {
    try text.write(toFile: path + ".text", atomically: true, encoding: .utf8)
    let install = Process()
    install.executableURL = URL(fileURLWithPath: "/usr/bin/install")
    install.arguments = ["-m", "755", path + ".text", path]
    try install.run()
    install.waitUntilExit()
    guard install.terminationStatus == 0 else { throw Missing(description: "\(path) could not be written") }
    try FileManager.default.removeItem(atPath: path + ".text")
  }

  /// The `pipectl` that was built with these tests.
  static func binary() throws -> String {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<6 {
      folder.deleteLastPathComponent()
      for candidate in ["pipectl", "debug/pipectl"] {
        let path = folder.appendingPathComponent(candidate).path
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue {
          return path
        }
      }
    }
    throw Missing(description: "no `pipectl` near \(CommandLine.arguments[0]): run `swift build` first")
  }

  struct Missing: Error, CustomStringConvertible { let description: String }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  func text(_ name: String) -> String { (try? String(contentsOfFile: file(name), encoding: .utf8)) ?? "" }
  func lines(_ name: String) -> [String] { text(name).split(separator: "\n").map(String.init) }
  func touch(_ name: String) { _ = FileManager.default.createFile(atPath: file(name), contents: nil) }

  /// Every living connector process of this bench; the supervisors too where they are asked for.
  func processes(withSupervisors: Bool = false) -> [Int32] {
    ProcessTable.all().filter { entry in
      guard !entry.isZombie, let bytes = try? Files.contents(of: "/proc/\(entry.pid)/cmdline") else { return false }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.contains(path + "/") && (withSupervisors || !text.contains("supervise"))
    }.map(\.pid)
  }

  func connection(
    _ executable: String, _ config: [ConfigEntry], environment: [ConfigEntry] = []
  ) -> Connection {
    Connection(
      name: nil, connector: .executable(file(executable)), config: config.sorted { $0.key < $1.key },
      environment: environment)
  }

  func order(
    _ number: Int = 1, attempt: Int = 1, mode: RunMode = .incremental, tap: [ConfigEntry] = [],
    target: [ConfigEntry] = [], streams: StreamSelection = .all,
    limits: Limits = Limits(cancelGrace: TimeSpan(seconds: 20), drainTimeout: TimeSpan(seconds: 30)),
    retry: RetryPolicy = RetryPolicy(), pollInterval: TimeSpan = TimeSpan(milliseconds: 100), refresh: Bool = true,
    stale: BookmarkScope = .streams([]), targetEnvironment: [ConfigEntry] = []
  ) -> StartOrder {
    let replication = Replication(
      source: connection("tap", tap),
      destination: connection(
        "target", [ConfigEntry("rows", .string(file("rows"))), ConfigEntry("eager", .bool(true))] + target,
        environment: targetEnvironment),
      streams: streams)
    let spec = PipelineSpec(
      work: .replication(replication), mode: mode, limits: limits, retry: retry, pollInterval: pollInterval)
    return StartOrder(
      run: run(number), attempt: attempt, trigger: .request(RequestID("r\(number)")), mode: mode, generation: 1,
      spec: spec, refreshSchema: refresh, staleBookmarks: stale)
  }

  func run(_ number: Int = 1) -> RunID { RunID(pipeline: PipelineName("orders"), number: number) }

  func start(_ order: StartOrder, state: String? = nil) async throws {
    try await engine.start(order, from: StartBasis(state: state))
  }

  func cancel(_ number: Int = 1) async throws {
    try await engine.stop(StopOrder(run: run(number), kind: .cancel, request: nil, reason: "test"))
  }

  /// The first report that satisfies the condition.
  func report(
    _ number: Int = 1, within seconds: Int64 = 60, until condition: (RunReport) -> Bool
  ) async throws -> RunReport {
    let deadline = Clock.uptime() + seconds * 1000
    while true {
      let report = engine.progress(of: run(number))
      if let report, condition(report) { return report }
      let left = deadline - Clock.uptime()
      guard left > 0 else {
        let log =
          (try? String(contentsOfFile: engine.directory(of: run(number))?.supervisorLog ?? "", encoding: .utf8)) ?? ""
        throw Missing(description: "not within \(seconds) s: \(String(describing: report)) \(log)")
      }
      await engine.awaitChange(in: [run(number)], timeout: TimeSpan(milliseconds: left))
    }
  }

  func ended(_ number: Int = 1, within seconds: Int64 = 60) async throws -> RunReport {
    try await report(number, within: seconds) { $0.status.isEnded }
  }

  /// For what the system gives no event of.
  func eventually(_ what: String, within seconds: Int64 = 60, _ condition: () async throws -> Bool) async throws {
    let deadline = Clock.uptime() + seconds * 1000
    while try await !condition() {
      guard Clock.uptime() < deadline else { throw Missing(description: "not within \(seconds) s: \(what)") }
      // poll: files that scripts write and processes that vanish give no event
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  func history(_ number: Int = 1) throws -> RunHistory {
    var reader = JournalReader()
    if let directory = engine.directory(of: run(number)) { try reader.catchUp(with: directory.journal) }
    return reader.history
  }

  func directory(_ number: Int = 1) throws -> RunDirectory {
    guard let directory = engine.directory(of: run(number)) else { throw Missing(description: "no run \(number)") }
    return directory
  }

  /// The names of what is in the run's folder.
  func files(_ number: Int = 1) throws -> [String] { try Files.names(in: directory(number).path) ?? [] }

  /// Everything that is written in the run's folder.
  func allText(_ number: Int = 1) throws -> String {
    let directory = try directory(number)
    return try files(number).map { name in
      String(decoding: try Files.contents(of: directory.path + "/" + name), as: UTF8.self)
    }.joined(separator: "\n")
  }
}

/// A step of the scripted tap: `.step("rows", 3)`.
extension ConfigValue {
  static func step(_ name: String, _ values: ConfigValue...) -> ConfigValue { .array([.string(name)] + values) }
}

func steps(_ steps: ConfigValue...) -> ConfigEntry { ConfigEntry("steps", .array(steps)) }

func state(_ row: Int) -> String { #"{"bookmarks": {"orders": {"id": \#(row)}}}"# }

extension RunReport {
  var failure: Failure? {
    if case .ended(.failed(let failure)) = status { failure } else { nil }
  }
}
