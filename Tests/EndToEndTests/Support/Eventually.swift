import Foundation

/// Waits until a condition holds, and says what was waited for when it does not come to that.
func eventually(
  _ what: String, within limit: Duration = .seconds(90), _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw Trouble("waited \(limit) in vain: \(what)") }
    try await Task.sleep(for: .milliseconds(5))  // poll: another process's files and output give no event
  }
}
