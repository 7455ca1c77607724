import ArgumentParser

/// A command of pipectl's: it returns its verdict, and is never asked to print or exit by itself.
protocol VerdictCommand: AsyncParsableCommand {
  var global: GlobalOptions { get }
  /// Whether it is said beforehand that the state folder's memory is lost.
  var mindsLostMemory: Bool { get }
  func verdict() async throws -> Verdict
}

extension VerdictCommand {
  var mindsLostMemory: Bool { true }
}
