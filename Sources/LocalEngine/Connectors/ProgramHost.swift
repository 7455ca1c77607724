internal import PipelineModel

/// Who starts the programs of an installation, and knows when they are to end.
protocol ProgramHost: AnyObject {
  /// Starts a program in a process group of its own; returns its pid, which is the group's number.
  func start(_ program: ChildProcess) throws(Failure) -> Int32

  /// How a program ended; nil while it runs.
  func exit(of pid: Int32) -> ProcessExit?

  /// Ends what a program has left behind.
  func sweep(_ pid: Int32)

  /// Why nothing more is to be done; nil as long as all is well.
  var interruption: Failure? { get }
}
