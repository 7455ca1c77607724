/// What a type of engine can do; asking for more is a compile error at the line that asks.
public struct Capabilities: Hashable, Codable, Sendable {
  public var engineType: String
  public var modes: Set<RunMode>
  public var scheduleOwner: ScheduleOwner
  public var canComplete: Bool
  public var canDropDestinationFirst: Bool
  public var concurrency: ConcurrencyScope
  public var startReceipt: StartReceiptKind
  public var stopKey: StopKey
  public var tailAfterStop: TailAfterStop
  public var pause: PauseKind
  public var conduct: EngineConduct
  /// Which schedules it can keep.
  public var schedules: ScheduleAbility
  /// Whether the streams of what it holds can be selected from here.
  public var selectsStreams: Bool
  /// The credentials that its interface wants, by name, sorted; none where there is no interface.
  public var credentials: [String]
  /// Whether its interface asks nobody who calls, so that whoever reaches it controls it.
  public var isUnguarded: Bool
  /// Whether its pipelines are migrations.
  public var takesMigrations: Bool
  /// Modes that an instance has only where its manifest says so.
  public var modesOnRequest: Set<RunMode>
  /// Whether what a cancelled run had loaded is paid for.
  public var billsLoaded: Bool

  public enum ScheduleOwner: String, Hashable, Codable, Sendable { case pipectl, engine }
  public enum ConcurrencyScope: String, Hashable, Codable, Sendable { case perPipeline, perEngine }
  /// When a start's run becomes known.
  public enum StartReceiptKind: String, Hashable, Codable, Sendable { case runID, runIDLater, none }
  /// What a stop names: a run, or whatever the unit is running at that moment.
  public enum StopKey: String, Hashable, Codable, Sendable { case run, unit }
  /// What goes on after a stop was delivered.
  public enum TailAfterStop: String, Hashable, Codable, Sendable { case none, loadsContinue, guardTasksFinish, drain }
  public enum PauseKind: String, Hashable, Codable, Sendable { case schedulerOnly, unitDisabled, runFrozen }

  public init(
    engineType: String, modes: Set<RunMode>, scheduleOwner: ScheduleOwner, canComplete: Bool,
    canDropDestinationFirst: Bool,
    concurrency: ConcurrencyScope, startReceipt: StartReceiptKind, stopKey: StopKey, tailAfterStop: TailAfterStop,
    pause: PauseKind, conduct: EngineConduct, schedules: ScheduleAbility = .any, selectsStreams: Bool = false,
    credentials: [String] = [], isUnguarded: Bool = false, takesMigrations: Bool = false,
    modesOnRequest: Set<RunMode> = [], billsLoaded: Bool = false
  ) {
    self.engineType = engineType
    self.modes = modes
    self.scheduleOwner = scheduleOwner
    self.canComplete = canComplete
    self.canDropDestinationFirst = canDropDestinationFirst
    self.concurrency = concurrency
    self.startReceipt = startReceipt
    self.stopKey = stopKey
    self.tailAfterStop = tailAfterStop
    self.pause = pause
    self.conduct = conduct
    self.schedules = schedules
    self.selectsStreams = selectsStreams
    self.credentials = credentials
    self.isUnguarded = isUnguarded
    self.takesMigrations = takesMigrations
    self.modesOnRequest = modesOnRequest
    self.billsLoaded = billsLoaded
  }

  /// Whether a stop ends a job that nothing shows: it names the unit alone, and only jobs that are over are listed.
  public var stopsUnseen: Bool { stopKey == .unit && conduct.liveness == .endedJobsOnly }

  /// The embedded engine: runs under a supervisor on this machine. Only a built-in destination can be dropped first.
  public static let local = Capabilities(
    engineType: "local", modes: Set(RunMode.allCases), scheduleOwner: .pipectl, canComplete: true,
    canDropDestinationFirst: true, concurrency: .perPipeline, startReceipt: .runID, stopKey: .run,
    tailAfterStop: .drain,
    pause: .schedulerOnly, conduct: .local
  )
}
