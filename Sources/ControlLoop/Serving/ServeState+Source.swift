import PipelineModel
import Reconciler

/// Following the manifests: a commit is applied as a whole, or changes nothing.
extension ServeState {
  mutating func take(up reading: SourceReading, _ now: Timestamp) -> [ServeEffect] {
    var status = source ?? SourceStatus(reading.source)
    switch reading.found {
    case .unreadable(let message):
      status.note(.unreadable, message, at: reading.readAt)
      return tell(status, then: goOn(now))
    case .rewritten(let from, let to):
      status.readAt = reading.readAt
      let message = "the history was rewritten: \(to) does not come after \(from), the last commit that was applied"
      status.note(.historyRewritten, message, at: reading.readAt)
      return tell(status, then: goOn(now))
    case .unchanged:
      status.readAt = reading.readAt
      // A commit that was rejected stays so; whatever else stood in the way is over.
      if status.trouble?.reason != .rejected { status.trouble = nil }
      return tell(status, then: goOn(now))
    case .rejected(let mistakes, let commit):
      return reject(mistakes, commit, reading, status)
    case .manifests(let wanted, let environment, let commit):
      source = status
      return apply(reading, wanted, environment, commit)
    }
  }

  private mutating func tell(_ status: SourceStatus, then effects: [ServeEffect]) -> [ServeEffect] {
    source = status
    return [.report(.source(status))] + effects
  }

  /// Only what the commit changes is looked at; all of it where something was removed, for a prune has to know the whole set.
  private mutating func apply(
    _ reading: SourceReading, _ wanted: DesiredState, _ environment: String, _ commit: String
  ) -> [ServeEffect] {
    var wanted = wanted
    wanted.prune = options.prune
    phase = .applying(reading, wanted, commit: commit)
    var goal = goal(scope: nil, desired: wanted)
    if let changed = changes(to: wanted) {
      goal.scope = changed
      let names = Set(changed)
      goal.desired.pipelines = wanted.pipelines.filter { names.contains($0.name) }
      goal.desired.sourceSets = []
    }
    goal.environment = environment
    return [.pursue(goal)]
  }

  /// The pipelines that a commit changes or adds, sorted; nil where everything has to be looked at.
  private func changes(to wanted: DesiredState) -> [PipelineName]? {
    guard let desired, desired.sourceSets == wanted.sourceSets else { return nil }
    let known = Dictionary(desired.pipelines.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let changed = wanted.pipelines.filter { known[$0.name] != $0 }.map(\.name)
    let added = changed.filter { known[$0] == nil }.count
    return wanted.pipelines.count == desired.pipelines.count + added ? changed.sorted() : nil
  }

  /// What came of a commit.
  mutating func settle(
    _ reading: SourceReading, _ wanted: DesiredState, _ commit: String, _ result: LoopResult
  ) -> [ServeEffect] {
    let status = source ?? SourceStatus(reading.source)
    switch result.outcome {
    case .done, .alreadyApplied, .pending, .interrupted, .notConverging:
      return accept(wanted, commit, reading, result, status)
    case .consentNeeded(let operations):
      return reject(operations.map(\.refusalInCommit), commit, reading, status)
    case .savedPlanOutdated, .environmentMismatch, .notManaged, .lawBroken:
      return reject([result.outcome.commitRefusal], commit, reading, status)
    case .lockHeld, .storeFailed, .enginesUnavailable, .sourceServed:
      // It may go well next time: the reading is taken up again.
      news = news ?? reading
      var waiting = status
      waiting.note(.unreadable, result.outcome.commitRefusal, at: reading.readAt)
      source = waiting
      phase = .waiting
      return [.report(.source(waiting)), .wait(runs: active.values.joined().sorted(), until: reading.readAt + ServePace.retry)]
    }
  }

  private mutating func accept(
    _ wanted: DesiredState, _ commit: String, _ reading: SourceReading, _ result: LoopResult, _ status: SourceStatus
  ) -> [ServeEffect] {
    desired = wanted
    let operations = (result.firstPlan?.operations ?? []).map(\.id)
    var status = status
    status.appliedCommit = commit
    status.trouble = nil
    return record(
      CommitRecord(
        source: reading.source, commit: commit, readAt: reading.readAt,
        result: operations.isEmpty ? .nothingToDo : .applied(operations)), status)
  }

  private mutating func reject(
    _ mistakes: [String], _ commit: String, _ reading: SourceReading, _ status: SourceStatus
  ) -> [ServeEffect] {
    var status = status
    status.note(.rejected, mistakes.first ?? "it has mistakes", at: reading.readAt)
    return record(
      CommitRecord(source: reading.source, commit: commit, readAt: reading.readAt, result: .rejected(mistakes)), status)
  }

  private mutating func record(_ commit: CommitRecord, _ status: SourceStatus) -> [ServeEffect] {
    var status = status
    status.readAt = commit.readAt
    status.latest = commit
    source = status
    phase = .recording
    return [.report(.source(status)), .record([.putCommit(commit)])]
  }
}

extension SourceStatus {
  /// The same trouble goes on since it began.
  fileprivate mutating func note(_ reason: SourceTrouble.Reason, _ message: String, at now: Timestamp) {
    let since = trouble?.reason == reason ? trouble?.since ?? now : now
    trouble = SourceTrouble(reason, message, since: since)
  }
}

extension Operation {
  /// Why a commit that asks for it is refused.
  fileprivate var refusalInCommit: String {
    let word = dataEffect.consent == .delete ? "delete" : "rewrite"
    return "\(verb) \(pipeline) \(dataEffect.rawValue): the manifest must say so itself, with `allow: [\(word)]`"
  }
}

extension LoopOutcome {
  fileprivate var commitRefusal: String {
    switch self {
    case .environmentMismatch(let folder, let asked):
      "this state folder serves environment `\(folder)`, and the manifests were compiled for `\(asked)`"
    case .storeFailed(let error): error.message
    case .lockHeld(let holder): "the state folder is in use by \(holder)"
    case .enginesUnavailable(let engines): "engine \(engines.map(\.engine.text).joined(separator: ", ")) could not be read"
    case .lawBroken(let violations): violations.map(\.description).joined(separator: "; ")
    case .done, .alreadyApplied, .consentNeeded, .savedPlanOutdated, .notManaged, .pending, .notConverging, .interrupted,
      .sourceServed:
      "\(self)"
    }
  }
}
