internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// Stitch allows 30 calls of extractions, loads and logs within ten minutes. They are counted in the state folder, so that every process that
/// uses it shares them.
struct CallBudget: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  static let limit = 30
  static let window = TimeSpan(seconds: 600)
  /// Kept for looks without which something must not be done.
  static let reserve = 6
  static let sweepLimit = 12

  enum Purpose: Hashable, Sendable {
    /// Finds out how runs are getting on. The first call of a look keeps a distance from the look before, so that calls are spread evenly.
    case look(isFirst: Bool)
    /// Stands before an effect.
    case safety
    /// Looks what others had run; only where calls are left that nothing else needs.
    case sweep
  }

  fileprivate struct Calls: Codable {
    /// Sorted; of the last ten minutes.
    var instants: [Timestamp] = []
    /// Of the latest look.
    var lookBegan: Timestamp?
    var lookCalls = 0
  }

  /// Takes one call, or none where there is none left for that purpose.
  func take(for purpose: Purpose, at now: Timestamp) throws(EngineError) -> Bool {
    var isTaken = false
    try memory.change("calls", of: engine) { text in
      var calls = text.flatMap { try? JSONDecoder().decode(Calls.self, from: Data($0.utf8)) } ?? Calls()
      calls.instants = calls.instants.filter { now - $0 < Self.window && $0 <= now }
      isTaken = calls.allow(purpose, at: now)
      guard isTaken else { return text }
      calls.take(purpose, at: now)
      return (try? JSONEncoder().encode(calls)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
    return isTaken
  }
}

extension CallBudget.Calls {
  func allow(_ purpose: CallBudget.Purpose, at now: Timestamp) -> Bool {
    switch purpose {
    case .safety: return instants.count < CallBudget.limit
    case .sweep: return instants.count < CallBudget.sweepLimit
    case .look(let isFirst):
      guard instants.count < CallBudget.limit - CallBudget.reserve else { return false }
      guard isFirst, let began = lookBegan, began <= now else { return true }
      return now - began >= TimeSpan(milliseconds: CallBudget.share.milliseconds * Int64(max(1, lookCalls)))
    }
  }

  mutating func take(_ purpose: CallBudget.Purpose, at now: Timestamp) {
    instants.append(now)
    switch purpose {
    case .safety, .sweep: break
    case .look(isFirst: true): (lookBegan, lookCalls) = (now, 1)
    case .look(isFirst: false): lookCalls += 1
    }
  }
}

extension CallBudget {
  /// What one call of a look costs in time.
  fileprivate static let share = TimeSpan(milliseconds: window.milliseconds / Int64(limit - reserve))
}
