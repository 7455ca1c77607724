import Foundation

/// Why a trial could not go on.
public struct TrialError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// For what no event tells of: files that programs write, and processes that come and go.
public func eventually(
  _ what: String, within seconds: Int = 90, _ condition: @Sendable () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw TrialError("not within \(seconds) s: \(what)") }
    // poll: what programs of other processes do gives no event
    try await Task.sleep(for: .milliseconds(20))
  }
}
