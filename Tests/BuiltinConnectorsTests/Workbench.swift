import Foundation
import SingerProtocol

@testable import BuiltinConnectors

/// A folder of its own for one test, in which connectors run over real descriptors, each on a thread of its own.
final class Workbench: Sendable {
  let folder: String

  init() {
    folder = NSTemporaryDirectory() + "/singer-" + UUID().uuidString
    mkdir(folder, 0o700)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  struct Outcome {
    let code: Int32
    let output: [String]
    let errors: [String]
  }

  /// Runs a connector to its end, input and output being files.
  func run(
    _ connector: String, config: JSONValue, _ more: [String] = [], input: String = "", stop: StopFlag = StopFlag()
  ) throws -> Outcome {
    let number = UUID().uuidString
    let config = try write(config.text, to: "config-\(number)")
    let input = open(try write(input, to: "in-\(number)"), O_RDONLY)
    let output = creat(path("out-\(number)"), 0o600)
    let errors = creat(path("err-\(number)"), 0o600)
    defer { for descriptor in [input, output, errors] { close(descriptor) } }
    let streams = ConnectorStreams(input: input, output: output, errors: errors)
    let code = runConnector(named: connector, arguments: ["--config", config] + more, streams: streams, stop: stop)
    return Outcome(code: code, output: try lines("out-\(number)"), errors: try lines("err-\(number)"))
  }

  func lines(_ name: String) throws -> [String] {
    try read(name).split(separator: "\n").map(String.init)
  }
}

extension Workbench.Outcome {
  var messages: [SingerMessage] { get throws { try output.map { try SingerMessage(line: $0) } } }

  var records: [RecordMessage] {
    get throws {
      try messages.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }
  }

  var states: [JSONValue] {
    get throws {
      try messages.compactMap { if case .state(let value) = $0 { value } else { nil } }
    }
  }

  /// One field of every record, as JSON text.
  func column(_ name: String) throws -> [String] {
    try records.map { record in record.record.last { $0.key == name }?.value.text ?? "absent" }
  }
}
