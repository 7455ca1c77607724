/// How an engine behaves around starts, stops and pauses: what can be promised of a job there.
public struct EngineConduct: Hashable, Codable, Sendable {
  /// What "running" is known from.
  public var liveness: Liveness
  public var startWhilePaused: StartWhilePaused
  public var lostStart: LostStart
  public var cancelProof: CancelProof
  public var afterCancel: AfterCancel
  public var pauseTouchesRun: PauseTouchesRun
  public var overrun: Overrun
  /// Whether the engine keeps jobs from running by itself, which resuming does not end.
  public var holdsByItself: Bool

  public enum Liveness: String, Hashable, Codable, Sendable, CaseIterable {
    /// Processes of this machine.
    case process
    /// A list of jobs that has those that run.
    case jobList
    /// A list that has only those that are over: in between it is believed from the answer to the start.
    case endedJobsOnly
  }

  public enum StartWhilePaused: String, Hashable, Codable, Sendable, CaseIterable { case allowed, refused, unknown }

  /// What is done about a start whose answer was lost.
  public enum LostStart: String, Hashable, Codable, Sendable, CaseIterable {
    /// The run has a name of ours: sent twice, it runs once.
    case sentAgain
    /// Jobs are looked through for it; it is never sent again blindly.
    case readBack
    /// It is sent once more while the first one would still be running, and then never again.
    case askedOnceMore
  }

  /// What has to be seen before a run counts as cancelled.
  public enum CancelProof: String, Hashable, Codable, Sendable, CaseIterable {
    case processesGone
    /// The job itself says so.
    case jobState
    /// It stands among the ended jobs, as one that was ended from outside.
    case endedJobs
  }

  /// What the run after a cancelled one does.
  public enum AfterCancel: String, Hashable, Codable, Sendable, CaseIterable {
    /// It goes on from what was confirmed.
    case goesOn
    /// It goes on, but a history that was cut starts again.
    case historyStartsAgain
    /// It does everything again.
    case startsOver
  }

  public enum PauseTouchesRun: String, Hashable, Codable, Sendable, CaseIterable { case never, ifAsked }

  /// What becomes of a scheduled time that comes while a job runs.
  public enum Overrun: String, Hashable, Codable, Sendable, CaseIterable {
    /// As `schedule.overlap` says.
    case asDeclared
    /// The engine skips it, and shows that it did.
    case skippedAndShown
    /// The engine skips it without a trace.
    case skippedUnseen
  }

  public init(
    liveness: Liveness, startWhilePaused: StartWhilePaused, lostStart: LostStart, cancelProof: CancelProof,
    afterCancel: AfterCancel, pauseTouchesRun: PauseTouchesRun, overrun: Overrun, holdsByItself: Bool
  ) {
    self.liveness = liveness
    self.startWhilePaused = startWhilePaused
    self.lostStart = lostStart
    self.cancelProof = cancelProof
    self.afterCancel = afterCancel
    self.pauseTouchesRun = pauseTouchesRun
    self.overrun = overrun
    self.holdsByItself = holdsByItself
  }

  /// Of the embedded engine.
  public static let local = EngineConduct(
    liveness: .process, startWhilePaused: .allowed, lostStart: .sentAgain, cancelProof: .processesGone,
    afterCancel: .historyStartsAgain, pauseTouchesRun: .never, overrun: .asDeclared, holdsByItself: false)
}
