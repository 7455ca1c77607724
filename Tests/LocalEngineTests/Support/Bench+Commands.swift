import Foundation
import Glibc
import PipelineModel

@testable import LocalEngine

extension Bench {
  /// Writes a program in Python, and returns its path.
  func program(_ text: String, named name: String = "job") throws -> String {
    let path = file(name)
    let head = """
      #!/usr/bin/python3 -S
      import os, signal, sys, time
      def touch(path, text=""):
          with open(path + ".new", "w") as f: f.write(text)
          os.rename(path + ".new", path)
      def say(text, to=sys.stdout): to.write(text + "\\n"); to.flush()
      def wait():
          while True: time.sleep(0.05)

      """
    try (head + text).write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o755)
    return path
  }

  func commandOrder(
    _ argv: [String], _ number: Int = 1, attempt: Int = 1, mode: RunMode = .incremental,
    environment: [ConfigEntry] = [], workingDirectory: String? = nil,
    declares capabilities: CommandCapabilities = CommandCapabilities(
      modes: Set(RunMode.allCases), canComplete: true, canDropDestinationFirst: true),
    limits: Limits = Limits(cancelGrace: TimeSpan(seconds: 20)), retry: RetryPolicy = RetryPolicy()
  ) -> StartOrder {
    let job = CommandJob(
      argv: argv, environment: environment, workingDirectory: workingDirectory, capabilities: capabilities)
    let spec = PipelineSpec(work: .command(job), mode: mode, limits: limits, retry: retry)
    return StartOrder(
      run: run(number), attempt: attempt, trigger: .request(RequestID("r\(number)")), mode: mode, generation: 3,
      spec: spec, refreshSchema: false)
  }

  /// Starts the order, and returns when the program has written `begun`.
  func begin(_ order: StartOrder) async throws {
    try await start(order)
    try await eventually("the program has begun") { exists("begun") }
  }

  func complete(_ number: Int = 1) async throws {
    try await engine.stop(StopOrder(run: run(number), kind: .complete, request: nil))
  }

  func log(_ path: KeyPath<RunDirectory, String>) throws -> String {
    String(decoding: try Files.contents(of: try directory()[keyPath: path]), as: UTF8.self)
  }

  /// Whether a process is there and no zombie.
  func isAlive(_ pid: Int32) -> Bool { ProcessTable.entry(of: pid).map { !$0.isZombie } ?? false }
}
