import PipelineModel
import Reconciler
import StoreAPI

/// Following the manifests: a commit is applied as a whole, or changes nothing.
extension ServeState {
  mutating func take(up news: SourceNews, _ now: Timestamp) -> [ServeEffect] {
    var status = source ?? SourceStatus(news.source)
    switch news.found {
    case .unreadable(let message):
      status.note(.unreadable, message, at: news.readAt)
      return tell(status, then: goOn(now))
    case .rewritten(let from, let to):
      status.readAt = news.readAt
      status.note(.historyRewritten, historyRewritten(from, to), at: news.readAt)
      return tell(status, then: goOn(now))
    case .unchanged(let commit):
      status.readAt = news.readAt
      // A commit that was rejected stays so; whatever else stood in the way is over.
      status.trouble = status.rejection(of: commit)
      return tell(status, then: goOn(now))
    case .rejected(let mistakes, let commit):
      return reject(mistakes, commit, news, status)
    case .manifests(let wanted, let environment, let commit, _):
      source = status
      return apply(news, wanted, environment, commit)
    }
  }

  private func historyRewritten(_ from: String, _ to: String) -> String {
    "the history was rewritten: \(to) does not come after \(from), the last commit that was applied; "
      + "nothing of it is applied, and what was applied goes on. Push a commit that comes after \(from), "
      + "or start the controller once with --accept-rewrite \(to)"
  }

  private mutating func tell(_ status: SourceStatus, then effects: [ServeEffect]) -> [ServeEffect] {
    source = status
    return [.report(.source(status))] + effects
  }

  /// Only what the commit changes is looked at; all of it where something was removed, for a prune has to know the whole set.
  private mutating func apply(
    _ news: SourceNews, _ wanted: DesiredState, _ environment: String, _ commit: String
  ) -> [ServeEffect] {
    var wanted = wanted
    wanted.prune = options.prune
    phase = .applying(news, wanted, commit: commit)
    var goal = goal(scope: nil, desired: wanted, consents: ConsentGrant([.cancel]))
    if let changed = changes(to: wanted) {
      goal.scope = changed
      let names = Set(changed)
      goal.desired.pipelines = wanted.pipelines.filter { names.contains($0.name) }
      goal.desired.sourceSets = []
    }
    goal.environment = environment
    return [.report(.applying(commit: commit)), .pursue(goal)]
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
    _ news: SourceNews, _ wanted: DesiredState, _ commit: String, _ result: LoopResult, _ now: Timestamp
  ) -> [ServeEffect] {
    let status = source ?? SourceStatus(news.source)
    switch result.outcome {
    case .done, .alreadyApplied, .pending, .interrupted, .notConverging, .enginesUnavailable:
      return accept(wanted, commit, news, result, status)
    case .consentNeeded(let operations):
      return reject(operations.map { $0.refusal(at: news.found.asking[$0.pipeline]) }, commit, news, status)
    case .environmentMismatch(let folder, let asked):
      let mistake = "the state folder serves environment `\(folder)`, and the manifests were compiled for `\(asked)`"
      return reject([mistake], commit, news, status)
    case .lawBroken(let violations):
      return reject(violations.map { "pipectl would break its own rules: \($0)" }, commit, news, status)
    case .savedPlanOutdated, .notManaged, .followed:
      return reject(["\(result.outcome)"], commit, news, status)
    case .lockHeld(let holder):
      return putOff(news, status, "the state folder is in use by \(holder)", now)
    case .storeFailed(let error):
      return putOff(news, status, error.message, now)
    }
  }

  /// It may go well next time.
  private mutating func putOff(
    _ news: SourceNews, _ status: SourceStatus, _ message: String, _ now: Timestamp
  ) -> [ServeEffect] {
    self.news = self.news ?? news
    retryNewsAt = now + ServePace.retry
    var status = status
    status.note(.unreadable, message, at: now)
    return tell(status, then: goOn(now))
  }

  private mutating func accept(
    _ wanted: DesiredState, _ commit: String, _ news: SourceNews, _ result: LoopResult, _ status: SourceStatus
  ) -> [ServeEffect] {
    desired = wanted
    let operations = (result.firstPlan?.operations ?? []).map(\.id)
    var status = status
    status.appliedCommit = commit
    status.trouble = nil
    return record(
      CommitRecord(
        source: news.source, commit: commit, readAt: news.readAt,
        result: operations.isEmpty ? .nothingToDo : .applied(operations)), status)
  }

  private mutating func reject(
    _ mistakes: [String], _ commit: String, _ news: SourceNews, _ status: SourceStatus
  ) -> [ServeEffect] {
    var status = status
    status.note(.rejected, mistakes.first ?? "it has mistakes", at: news.readAt)
    return record(
      CommitRecord(source: news.source, commit: commit, readAt: news.readAt, result: .rejected(mistakes)), status)
  }

  /// A commit that is read again, by this controller or by one after it, is recorded again only where something else came of it.
  private mutating func record(_ commit: CommitRecord, _ status: SourceStatus) -> [ServeEffect] {
    var status = status
    let isKnown = status.latest.map { $0.says(what: commit) } ?? false
    status.readAt = commit.readAt
    status.latest = isKnown ? status.latest : commit
    source = status
    source?.latest = status.latest?.withoutOperations
    phase = .recording
    unrecorded = isKnown ? nil : commit
    recordAt = nil
    return [.report(.source(status)), .record(isKnown ? [] : [.appendCommit(commit)])]
  }
}

extension CommitRecord {
  fileprivate func says(what other: CommitRecord) -> Bool {
    guard source == other.source, commit == other.commit else { return false }
    return result == other.result || result.isGood && other.result == .nothingToDo
  }
}

extension SourceStatus {
  /// What stands in the way where the latest commit is still the one that was rejected.
  fileprivate func rejection(of commit: String) -> SourceTrouble? {
    guard let latest, latest.commit == commit, case .rejected(let mistakes) = latest.result else { return nil }
    let isKnown = trouble?.reason == .rejected
    return isKnown ? trouble : SourceTrouble(.rejected, mistakes.first ?? "it has mistakes", since: latest.readAt)
  }

  /// The same trouble goes on since it began.
  fileprivate mutating func note(_ reason: SourceTrouble.Reason, _ message: String, at now: Timestamp) {
    let since = trouble?.reason == reason ? trouble?.since ?? now : now
    trouble = SourceTrouble(reason, message, since: since)
  }
}

extension Operation {
  /// Why a commit that asks for it, at that place, is refused.
  fileprivate func refusal(at place: String?) -> String {
    let word = dataEffect.consent == .delete ? "delete" : "rewrite"
    return (place.map { "\($0): " } ?? "")
      + "\(verb) \(pipeline) \(dataEffect.rawValue): the manifest must say so itself, with `allow: [\(word)]`"
  }
}

extension SourceNews.Found {
  fileprivate var asking: [PipelineName: String] {
    switch self {
    case .manifests(_, _, _, let places): places
    case .unchanged, .rejected, .rewritten, .unreadable: [:]
    }
  }
}
