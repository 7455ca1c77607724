import ArgumentParser

/// A command of pipectl's: it returns its verdict, and is never asked to print or exit by itself.
protocol VerdictCommand: AsyncParsableCommand {
  var global: GlobalOptions { get }
  func verdict() async throws -> Verdict
}
