/// The key of a request: acted on at most once, ever (law 2).
public struct RequestKey: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  public var pipeline: PipelineName
  public var request: RequestID

  public init(_ pipeline: PipelineName, _ request: RequestID) {
    self.pipeline = pipeline
    self.request = request
  }

  public var description: String { "\(pipeline)/\(request)" }

  public static func < (left: RequestKey, right: RequestKey) -> Bool {
    left.pipeline == right.pipeline ? left.request < right.request : left.pipeline < right.pipeline
  }
}

/// A line of the ledger of requests; never pruned.
public struct RequestRecord: Hashable, Codable, Sendable {
  public var key: RequestKey
  public var job: JobRequest
  public var origin: Origin
  public var recordedAt: Timestamp
  public var state: RequestState
  /// What somebody agreed to when it was recorded, for a time at which nobody can be asked; sorted. What the manifest allows is not among it.
  public var agreed: [Consent]

  public enum Origin: Hashable, Codable, Sendable {
    case manifest
    case command(by: String)
  }

  public init(
    key: RequestKey, job: JobRequest, origin: Origin, recordedAt: Timestamp, state: RequestState,
    agreed: [Consent] = []
  ) {
    self.key = key
    self.job = job
    self.origin = origin
    self.recordedAt = recordedAt
    self.state = state
    self.agreed = agreed
  }

  /// Records that were written before agreements were kept have none.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      key: try fields.decode(RequestKey.self, forKey: .key), job: try fields.decode(JobRequest.self, forKey: .job),
      origin: try fields.decode(Origin.self, forKey: .origin),
      recordedAt: try fields.decode(Timestamp.self, forKey: .recordedAt),
      state: try fields.decode(RequestState.self, forKey: .state),
      agreed: try fields.decodeIfPresent([Consent].self, forKey: .agreed) ?? [])
  }
}

/// Where a request stands.
public enum RequestState: Hashable, Codable, Sendable {
  /// Recorded, and not acted on; `behind` is the run that it waits for.
  case pending(behind: RunID?)
  /// Consumed: its effect is under way on that run.
  case acting(RunID)
  case settled(RequestResult, at: Timestamp)

  public var result: RequestResult? {
    if case .settled(let result, _) = self { result } else { nil }
  }

  /// The run that it waits for or acts on while it has no result.
  public var openRun: RunID? {
    switch self {
    case .pending(let run): run
    case .acting(let run): run
    case .settled: nil
    }
  }
}

/// The one result of a request.
public enum RequestResult: Hashable, Codable, Sendable {
  /// Its run was started, or its run was stopped.
  case done(RunID)
  /// The run that it aimed at had ended by itself.
  case alreadyEnded(RunID)
  case nothingToCancel
  case refused(Refusal)
  case superseded(by: RequestID)
  case expired
}

/// Why a request was not acted on.
public enum Refusal: Hashable, Codable, Sendable {
  case alreadyRunning(RunID)
  /// `complete` was asked of a run that is not in its CDC stage.
  case notInChangeCapture(RunID)
  case nothingToComplete
  /// The command of the pipeline does not declare what was asked for, in words.
  case undeclared(String)
  /// The destination's connector is none that can be emptied first.
  case cannotDropDestination
  /// `complete` was asked of a run whose command was not running at that moment.
  case commandNotRunning(RunID)
  /// The engine refused, in its own words.
  case engine(String)
}
