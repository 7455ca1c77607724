internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// How often looks may read lists of jobs. Hevo does not tell a limit of this interface; of its other one it is 100 calls a minute, so looks
/// stay far enough below that. Counted in the state folder, so that every process that uses it shares them.
struct HevoBudget: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  static let limit = 60
  static let window = TimeSpan(seconds: 60)

  private struct Calls: Codable {
    var began: Timestamp
    var count: Int
  }

  /// Takes as many of that number as there are left.
  func take(_ wanted: Int, at now: Timestamp) throws(EngineError) -> Int {
    guard wanted > 0 else { return 0 }
    var taken = 0
    try memory.change("calls", of: engine) { text in
      let kept = text.flatMap { try? JSONDecoder().decode(Calls.self, from: Data($0.utf8)) }
      var calls =
        kept.flatMap { $0.began <= now && now - $0.began < Self.window ? $0 : nil } ?? Calls(began: now, count: 0)
      taken = min(wanted, max(0, Self.limit - calls.count))
      calls.count += taken
      return (try? JSONEncoder().encode(calls)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
    return taken
  }
}
