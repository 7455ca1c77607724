internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// How often Hevo is asked. It does not tell a limit of this interface; of its other one it is 100 calls a minute, so looks stay far enough below
/// that. Counted in the state folder, so that every process that uses it shares them.
struct HevoBudget: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  /// Looks leave the rest to starts and cancels, which are never kept waiting.
  static let limit = 60
  static let window = TimeSpan(seconds: 60)

  /// Takes as many calls of that number as there are left for looks.
  func take(_ wanted: Int, at now: Timestamp) throws(EngineError) -> Int {
    try count(at: now) { made in min(wanted, max(0, Self.limit - made)) }
  }

  /// Counts calls that are made in any case.
  func note(_ made: Int, at now: Timestamp) throws(EngineError) {
    _ = try count(at: now) { _ in made }
  }

  /// - Parameter more: how many there are more, by how many there were within the window.
  private func count(at now: Timestamp, more: (Int) -> Int) throws(EngineError) -> Int {
    var taken = 0
    try memory.change("calls", of: engine) { text in
      let kept = text.flatMap { try? JSONDecoder().decode([Timestamp].self, from: Data($0.utf8)) } ?? []
      let recent = kept.filter { $0 <= now && now - $0 < Self.window }
      taken = more(recent.count)
      guard taken > 0 else { return text }
      let calls = recent + Array(repeating: now, count: taken)
      return (try? JSONEncoder().encode(calls)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
    return taken
  }
}
