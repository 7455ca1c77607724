internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// How far the jobs of a pipeline are known: those that are older than this, and over, concern nobody.
struct HevoRoll: Codable, Hashable, Sendable {
  /// By the service's clock.
  var since: Timestamp
  /// By our own.
  var lookedAt: Timestamp
}

/// The rolls of an engine, in the state folder.
struct HevoRolls: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  private static let prefix = "jobs/"

  /// By Hevo's id; one that cannot be read counts as none: then only what runs is looked at.
  func all() throws(EngineError) -> [String: HevoRoll] {
    var rolls: [String: HevoRoll] = [:]
    for document in try memory.documents(of: engine) where document.key.hasPrefix(Self.prefix) {
      let id = String(document.key.dropFirst(Self.prefix.count))
      rolls[id] = try? JSONDecoder().decode(HevoRoll.self, from: Data(document.text.utf8))
    }
    return rolls
  }

  func keep(_ roll: HevoRoll, of id: String) throws(EngineError) {
    guard let data = try? JSONEncoder().encode(roll) else { return }
    let text = String(decoding: data, as: UTF8.self)
    try memory.change(Self.prefix + id, of: engine) { _ in text }
  }
}
