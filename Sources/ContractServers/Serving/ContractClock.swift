import Foundation
public import PipelineModel
import Synchronization

/// The clock of a contract server.
public protocol ContractClock: Sendable {
  func now() -> Timestamp
}

/// Stands still until it is told to go on.
public final class ManualClock: ContractClock {
  private let instant: Mutex<Timestamp>

  public init(at instant: Timestamp = Timestamp(seconds: 1_790_000_000)) {
    self.instant = Mutex(instant)
  }

  public func now() -> Timestamp { instant.withLock { $0 } }

  public func advance(by span: TimeSpan) {
    instant.withLock { $0 = $0 + span }
  }
}

/// The machine's time, or a faster one, for a person who tries things out.
public struct RunningClock: ContractClock {
  private let speed: Double
  private let begin = Date()

  public init(speed: Double = 1) {
    self.speed = speed
  }

  public func now() -> Timestamp {
    let elapsed = Date().timeIntervalSince(begin) * speed
    return Timestamp(milliseconds: Int64((begin.timeIntervalSince1970 + elapsed) * 1000))
  }
}
