public import ControlLoop
public import EngineAPI
public import PipelineModel

/// An engine and the service behind it, as a trial scripts them.
///
/// What can run at the service (a source, a pipeline, a project, a program) is a unit; units are numbered from 1, and each stands for
/// one pipeline. Time passes where the fixture's clock is told so; jobs run until they are told to end.
public protocol EngineFixture: Sendable {
  var promises: EnginePromises { get }
  var clock: any WallClock { get }
  var waiter: any RunWaiter { get }

  /// The engine, as one more process has it that uses this memory.
  func engine(over memory: any EngineMemory) -> any Engine

  /// A pipeline on that unit, with nothing declared that can be left out.
  func spec(of unit: Int) -> PipelineSpec

  /// The next call of that kind goes wrong.
  func upset(_ call: ServedCall, _ upset: Upset)

  /// Whether the service answers at all.
  func setReachable(_ isReachable: Bool)

  /// Whether the service says the same in other words: lists that have no order come in another one, what is null is left out, and there is
  /// more than anybody knows.
  func setReworded(_ isReworded: Bool)

  /// Whether the service tells something of one object as it should not; where it is asked nothing there is nothing to tell.
  func setOddity(_ oddity: Oddity?)

  /// Whether jobs go on that were told to stop.
  func setStubborn(_ isStubborn: Bool) throws

  /// Somebody does something in the service's own interface.
  func click(_ click: Click, on unit: Int)

  /// Lets so much time pass.
  func pass(_ span: TimeSpan)

  /// Every job that runs comes to its end by itself, and ends well; what it leaves to be loaded is loaded.
  func finishJobs() async throws

  /// What the service knows of a unit.
  func served(_ unit: Int) -> ServedUnit

  /// How many calls that change something have taken effect, clicks apart.
  var effects: Int { get }

  /// Everything that was asked of the service, in its order: `GET /v4/sources`; empty where it is asked nothing.
  var calls: [String] { get }

  /// Everything that was asked of the service, and that its documents do not allow.
  var complaints: [String] { get }
}

extension EngineFixture {
  public func setOddity(_ oddity: Oddity?) {}
}

/// What scenarios expect of an engine.
public struct EnginePromises: Hashable, Sendable {
  public var capabilities: Capabilities
  /// Whether somebody else can start, stop and pause its units.
  public var isShared: Bool
  /// Whether a start works while the unit is paused.
  public var startsWhilePaused: Bool

  public init(capabilities: Capabilities, isShared: Bool, startsWhilePaused: Bool) {
    self.capabilities = capabilities
    self.isShared = isShared
    self.startsWhilePaused = startsWhilePaused
  }

  /// Whether the service has a schedule and a pause of its own.
  public var holdsDefinitions: Bool { capabilities.scheduleOwner == .engine }
}

/// A kind of call that takes effect.
public enum ServedCall: Hashable, Sendable, CaseIterable {
  case start
  case stop
}

/// What becomes of a call whose caller hears nothing good of it.
public enum Upset: Hashable, Sendable, CaseIterable {
  /// It never arrives.
  case neverArrives
  /// It takes effect, and the answer is lost.
  case answerIsLost
  /// It takes effect after its caller has given it up, right before the next one of its kind.
  case arrivesLate
}

/// What somebody does in the service's own interface.
public enum Click: Hashable, Sendable, CaseIterable {
  case start
  case stop
  case pause
  case resume
  /// To another schedule than any manifest of a trial declares.
  case reschedule
}

/// What a service knows of a unit.
public struct ServedUnit: Hashable, Sendable {
  /// Starts that took effect, clicks apart.
  public var started: Int
  /// Stops that were taken, clicks apart.
  public var stopped: Int
  /// Jobs that run now, whoever started them.
  public var running: Int
  /// Absent where the service has no such thing.
  public var isPaused: Bool?
  /// How the last job ended; absent where none has.
  public var lastEnd: JobEnd?

  public enum JobEnd: Hashable, Sendable {
    case byItself
    case fromOutside
  }

  public init(started: Int, stopped: Int, running: Int, isPaused: Bool? = nil, lastEnd: JobEnd? = nil) {
    self.started = started
    self.stopped = stopped
    self.running = running
    self.isPaused = isPaused
    self.lastEnd = lastEnd
  }
}
