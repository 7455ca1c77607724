import Foundation
import SingerProtocol

@testable import BuiltinConnectors

/// A connector on a thread of its own, spoken to through pipes.
final class ConnectorThread: Sendable {
  let stop = StopFlag()
  private let toInput: Int32
  private let fromOutput: Int32
  /// Used by the test's thread alone.
  nonisolated(unsafe) private let output: LineReader
  private let result = LockedCode()

  init(_ connector: String, config: String, _ more: [String] = []) {
    let input = Self.pipe()
    let output = Self.pipe()
    toInput = input.write
    fromOutput = output.read
    self.output = LineReader(output.read)
    let errors = open("/dev/null", O_WRONLY)
    Thread.detachNewThread { [stop, result] in
      Self.blockBrokenPipeSignal()
      let streams = ConnectorStreams(input: input.read, output: output.write, errors: errors)
      let code = runConnector(named: connector, arguments: ["--config", config] + more, streams: streams, stop: stop)
      for descriptor in [input.read, output.write, errors] { close(descriptor) }
      result.set(code)
    }
  }

  func send(_ lines: [String]) {
    _ = writeAll(Array(lines.map { $0 + "\n" }.joined().utf8), to: toInput)
  }

  func closeInput() { close(toInput) }
  func closeOutput() { close(fromOutput) }

  /// The next line it prints; nil when it has ended.
  func nextLine() -> String? {
    guard let line = try? output.next() else { return nil }
    return String(decoding: line, as: UTF8.self)
  }

  func exitCode() -> Int32 { result.wait() }

  private static func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    _ = Foundation.pipe(&ends)
    return (ends[0], ends[1])
  }

  /// A write to a closed pipe is to be an error here, not the end of the test process.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}

/// An exit code that arrives later.
private final class LockedCode: @unchecked Sendable {
  private let condition = NSCondition()
  private var code: Int32?

  func set(_ value: Int32) {
    condition.lock()
    code = value
    condition.broadcast()
    condition.unlock()
  }

  func wait() -> Int32 {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let code { return code }
      condition.wait()
    }
  }
}
