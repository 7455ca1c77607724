internal import PipelineModel

/// The spelling of entries in a journal: `kind` and, beside it, what the kind holds. Kinds are only ever added.
extension JournalEntry: Codable {
  enum CodingKeys: String, CodingKey {
    case kind, supervisor, attempt, stage, child, role, pid, exit, streams, sequence, text, stop, condition, bytes,
      until, outcome
  }

  enum Kind: String, Codable {
    case started, attemptBegan, stageBegan, stageEnded, childStarted, childExited, counts, state, catalog, stop,
      condition
    case conditionEnded, logBytesLeftOut, backingOff, note, ended
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try fields.decode(Kind.self, forKey: .kind) {
    case .started: self = .started(try fields.decode(SupervisorRecord.self, forKey: .supervisor))
    case .attemptBegan: self = .attemptBegan(try fields.decode(Int.self, forKey: .attempt))
    case .stageBegan: self = .stageBegan(try fields.decode(Stage.self, forKey: .stage))
    case .stageEnded: self = .stageEnded(try fields.decode(Stage.self, forKey: .stage))
    case .childStarted: self = .childStarted(try fields.decode(ChildRecord.self, forKey: .child))
    case .childExited:
      self = .childExited(
        try fields.decode(ConnectorRole.self, forKey: .role), pid: try fields.decode(Int32.self, forKey: .pid),
        try fields.decode(ProcessExit.self, forKey: .exit))
    case .counts: self = .counts(try fields.decode([StreamReport].self, forKey: .streams))
    case .state:
      self = .state(
        sequence: try fields.decode(Int.self, forKey: .sequence), text: try fields.decode(String.self, forKey: .text))
    case .catalog: self = .catalog(try fields.decode(String.self, forKey: .text))
    case .stop: self = .stop(try fields.decode(StopProgress.self, forKey: .stop))
    case .condition: self = .condition(try fields.decode(RunCondition.self, forKey: .condition))
    case .conditionEnded: self = .conditionEnded(try fields.decode(RunCondition.self, forKey: .condition))
    case .logBytesLeftOut: self = .logBytesLeftOut(try fields.decode(Int64.self, forKey: .bytes))
    case .backingOff: self = .backingOff(until: try fields.decode(Timestamp.self, forKey: .until))
    case .note: self = .note(try fields.decode(String.self, forKey: .text))
    case .ended: self = .ended(try fields.decode(RunOutcome.self, forKey: .outcome))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind, forKey: .kind)
    switch self {
    case .started(let supervisor): try fields.encode(supervisor, forKey: .supervisor)
    case .attemptBegan(let attempt): try fields.encode(attempt, forKey: .attempt)
    case .stageBegan(let stage), .stageEnded(let stage): try fields.encode(stage, forKey: .stage)
    case .childStarted(let child): try fields.encode(child, forKey: .child)
    case .childExited(let role, let pid, let exit):
      try fields.encode(role, forKey: .role)
      try fields.encode(pid, forKey: .pid)
      try fields.encode(exit, forKey: .exit)
    case .counts(let streams): try fields.encode(streams, forKey: .streams)
    case .state(let sequence, let text):
      try fields.encode(sequence, forKey: .sequence)
      try fields.encode(text, forKey: .text)
    case .catalog(let text), .note(let text): try fields.encode(text, forKey: .text)
    case .stop(let progress): try fields.encode(progress, forKey: .stop)
    case .condition(let condition), .conditionEnded(let condition):
      try fields.encode(condition, forKey: .condition)
    case .logBytesLeftOut(let bytes): try fields.encode(bytes, forKey: .bytes)
    case .backingOff(let until): try fields.encode(until, forKey: .until)
    case .ended(let outcome): try fields.encode(outcome, forKey: .outcome)
    }
  }

  private var kind: Kind {
    switch self {
    case .started: .started
    case .attemptBegan: .attemptBegan
    case .stageBegan: .stageBegan
    case .stageEnded: .stageEnded
    case .childStarted: .childStarted
    case .childExited: .childExited
    case .counts: .counts
    case .state: .state
    case .catalog: .catalog
    case .stop: .stop
    case .condition: .condition
    case .conditionEnded: .conditionEnded
    case .logBytesLeftOut: .logBytesLeftOut
    case .backingOff: .backingOff
    case .note: .note
    case .ended: .ended
    }
  }
}
