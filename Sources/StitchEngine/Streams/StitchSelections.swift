internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// What was declared of streams, and how it compared when it was looked at last; in the state folder.
struct StitchSelections: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  struct Check: Codable, Hashable, Sendable {
    var source: Int
    var held: HeldStreams
    var checkedAt: Timestamp
  }

  private static let prefix = "selection/"

  /// By source. What cannot be read is as if it had never been declared: it is written again, which changes nothing.
  func all() throws(EngineError) -> [Int: Check] {
    var checks: [Int: Check] = [:]
    for document in try memory.documents(of: engine) where document.key.hasPrefix(Self.prefix) {
      guard let check = try? JSONDecoder().decode(Check.self, from: Data(document.text.utf8)) else { continue }
      checks[check.source] = check
    }
    return checks
  }

  func keep(_ check: Check) throws(EngineError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(check) else {
      throw EngineError(.brokenInput, "the selection of source \(check.source) cannot be written down", .terminal)
    }
    let text = String(decoding: data, as: UTF8.self)
    try memory.change(Self.prefix + String(check.source), of: engine) { _ in text }
  }
}
