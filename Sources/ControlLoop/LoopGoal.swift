public import PipelineModel

/// What one call of the loop is to bring about.
public struct LoopGoal: Hashable, Codable, Sendable {
  /// Absent: every pipeline that is recorded or desired.
  public var scope: [PipelineName]?
  public var desired: DesiredState
  /// Recorded together with the first plan's intents, so that a plan that is refused leaves nothing behind.
  public var submissions: [Submission]
  public var consents: ConsentGrant
  public var until: WaitGoal
  /// The environment that the manifests were compiled for, empty for none; absent: not a question of this goal.
  public var environment: String?
  /// The operations of a saved plan: exactly these are executed first, if all their preconditions still hold.
  public var savedPlan: [Operation]?
  /// Whether slots are settled and started, which only a controller does that stays.
  public var firesSlots: Bool
  /// Of all engines together; absent: only the engines' own bounds hold.
  public var maxConcurrentRuns: Int?
  /// Whether nobody can be asked, so that requests which nobody agreed to wait for somebody who does.
  public var isUnattended: Bool
  /// How long calls of remote engines are begun; what is left then is planned anew. Absent: as long as there are any.
  public var callsWithin: TimeSpan?

  public init(
    scope: [PipelineName]? = nil, desired: DesiredState = DesiredState(), submissions: [Submission] = [],
    consents: ConsentGrant = ConsentGrant(), until: WaitGoal = .settled, environment: String? = nil,
    savedPlan: [Operation]? = nil, firesSlots: Bool = false, maxConcurrentRuns: Int? = nil, isUnattended: Bool = false,
    callsWithin: TimeSpan? = nil
  ) {
    self.scope = scope
    self.desired = desired
    self.submissions = submissions
    self.consents = consents
    self.until = until
    self.environment = environment
    self.savedPlan = savedPlan
    self.firesSlots = firesSlots
    self.maxConcurrentRuns = maxConcurrentRuns
    self.isUnattended = isUnattended
    self.callsWithin = callsWithin
  }

  /// Pipelines that the goal submits something for, and that are not there; sorted. One that was let go is there for a stop of the run that it
  /// left behind.
  func unmanaged(in stored: StoredState) -> [PipelineName] {
    guard !submissions.isEmpty else { return [] }
    let managed = Set(stored.pipelines.filter { !$0.isForgotten }.map(\.name))
    let running = Set(stored.runs.filter(\.isActive).map(\.id.pipeline))
    return sortedUnique(
      submissions.filter { submission in
        let name = submission.pipeline
        return !managed.contains(name) && !(submission.isStop && running.contains(name))
      }.map(\.pipeline))
  }

  /// The active runs that the goal's requests had started before, and that come to an end by themselves; sorted.
  func runsUnderWay(in stored: StoredState) -> [RunID] {
    let started = requests.compactMap { key -> RunID? in
      guard let request = stored.request(key), case .start = request.job.action,
        case .settled(.done(let run), _) = request.state
      else { return nil }
      return run
    }
    let runs = started.compactMap { stored.run($0) }
    return sortedUnique(runs.filter { $0.isActive && $0.order.mode != .continuous }.map(\.id))
  }

  /// Whether a pipeline is in scope; made once for many questions, since a scope may have as many names as there are pipelines.
  var inclusion: (PipelineName) -> Bool {
    guard let names = scope.map(Set.init) else { return { _ in true } }
    return { names.contains($0) }
  }

  /// Whether it wants nothing new, and carries on with what is recorded: then a fault with one pipeline stops no other.
  public var isLook: Bool { isUnattended && desired.pipelines.isEmpty && desired.sourceSets.isEmpty }

  /// The requests that the goal speaks of, sorted.
  var requests: [RequestKey] {
    let submitted = submissions.compactMap(\.request)
    let saved = (savedPlan ?? []).compactMap { operation in
      operation.request.map { RequestKey(operation.pipeline, $0) }
    }
    return sortedUnique(submitted + desiredRequests + saved)
  }

  private var desiredRequests: [RequestKey] {
    guard !desired.pipelines.isEmpty else { return [] }
    let includes = inclusion
    // Few have a job: the others are looked at where they are, and not copied.
    return desired.pipelines.indices.compactMap { place in
      guard let job = desired.pipelines[place].spec.job, includes(desired.pipelines[place].name) else { return nil }
      return RequestKey(desired.pipelines[place].name, job.request)
    }
  }
}

/// How long the loop goes on.
public enum WaitGoal: String, Hashable, Codable, Sendable {
  /// One plan, executed and settled.
  case planned
  /// Until nothing of the goal is pending: its starts and stops are with their engines.
  case started
  /// Until the runs that the goal started or stopped have ended too, those that its requests had started before, and those that
  /// were lost and that it tries again. A continuous run that goes on already is not waited for.
  case settled
}

func sortedUnique<Element: Hashable & Comparable>(_ elements: [Element]) -> [Element] {
  Set(elements).sorted()
}
