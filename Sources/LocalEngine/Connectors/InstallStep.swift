internal import PipelineModel

/// A program that an installation runs.
struct InstallStep: Hashable, Sendable {
  var path: String
  var options: [String]
  /// After which it is ended; nil waits for ever.
  var timeLimit: Int64?

  init(_ path: String, _ options: [String], timeLimit: Int64? = nil) {
    self.path = path
    self.options = options
    self.timeLimit = timeLimit
  }
}

/// How it ended, and what it said.
struct InstallStepEnd: Hashable, Sendable {
  var exit: ProcessExit
  /// The last lines of its output, standard error among them.
  var lines: [String]
  /// It was ended because it took too long.
  var isOverdue = false
}
