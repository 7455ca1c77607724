internal import PipelineModel

/// Everything a journal says, folded.
struct RunHistory: Hashable, Sendable {
  private(set) var supervisor: SupervisorRecord?
  private(set) var attempt = 0
  private(set) var startedAt: Timestamp?
  private(set) var endedAt: Timestamp?
  private(set) var outcome: RunOutcome?
  private(set) var stages: [StageReport] = []
  private(set) var streams: [StreamReport] = []
  private(set) var states: [ConfirmedState] = []
  private(set) var catalog: String?
  private(set) var stop: StopProgress?
  private(set) var backingOff: Timestamp?
  private(set) var conditions: [RunCondition] = []
  private(set) var logBytesLeftOut: Int64 = 0
  private(set) var tapExit: ProcessExit?
  private(set) var targetExit: ProcessExit?
  private(set) var commandExit: ProcessExit?
  /// The children whose end is not recorded.
  private(set) var children: [ChildRecord] = []

  var lastState: ConfirmedState? { states.last }
  var hasStarted: Bool { supervisor != nil }
  /// Whether the program of a command runs.
  var isRunningCommand: Bool { stages.contains { $0.stage == .run && $0.endedAt == nil } }
  var hasReachedChangeCapture: Bool { stages.contains { $0.stage == .cdc && $0.endedAt == nil } }

  /// The stage that is under way, or the one that was last.
  var stage: Stage? { (stages.last { $0.endedAt == nil } ?? stages.last)?.stage }

  mutating func add(_ line: JournalLine) {
    switch line.entry {
    case .started(let record):
      supervisor = record
      begin(record.attempt, at: line.at)
    case .attemptBegan(let number): begin(number, at: line.at)
    case .stageBegan(let stage):
      backingOff = nil
      stages.append(StageReport(stage: stage, startedAt: line.at))
    case .stageEnded(let stage): endStage(stage, at: line.at)
    case .childStarted(let child): children.append(child)
    case .childExited(let role, let pid, let exit): endChild(role, pid, exit)
    case .counts(let counts): streams = counts
    case .state(let sequence, let text):
      states.append(ConfirmedState(sequence: sequence, at: line.at, text: text))
    case .catalog(let text): catalog = text
    case .stop(let progress): stop = progress
    case .condition(let condition): if !conditions.contains(condition) { conditions.append(condition) }
    case .conditionEnded(let condition): conditions.removeAll { $0 == condition }
    case .logBytesLeftOut(let bytes): logBytesLeftOut = bytes
    case .backingOff(let until): backingOff = until
    case .note: break
    case .ended(let result): end(result, at: line.at)
    }
  }

  private mutating func begin(_ number: Int, at instant: Timestamp) {
    attempt = number
    if startedAt == nil { startedAt = instant }
    outcome = nil
    endedAt = nil
    backingOff = nil
    tapExit = nil
    targetExit = nil
    commandExit = nil
    closeStages(at: instant)
  }

  private mutating func end(_ result: RunOutcome, at instant: Timestamp) {
    outcome = result
    endedAt = instant
    backingOff = nil
    children = []
    closeStages(at: instant)
  }

  private mutating func endStage(_ stage: Stage, at instant: Timestamp) {
    guard let index = stages.lastIndex(where: { $0.stage == stage && $0.endedAt == nil }) else { return }
    stages[index].endedAt = instant
  }

  private mutating func closeStages(at instant: Timestamp) {
    for index in stages.indices where stages[index].endedAt == nil { stages[index].endedAt = instant }
  }

  private mutating func endChild(_ role: ConnectorRole, _ pid: Int32, _ exit: ProcessExit) {
    children.removeAll { $0.identity.pid == pid }
    switch role {
    case .tap, .discovery: tapExit = exit
    case .target: targetExit = exit
    case .install: break
    case .command: commandExit = exit
    }
  }
}
