public import PipelineModel
import Synchronization

/// Hevo Edge's interface, version 1, as it is documented: pipelines, their jobs, and what can be done with them.
///
/// | habit | where |
/// | --- | --- |
/// | a start tells no job; it is listed some seconds later | sync-now, resync |
/// | a job that runs already is a 409, or a 500 with words | sync-now, resync |
/// | nothing starts in a pipeline that is disabled, or on its way | sync-now, resync |
/// | a cancelled job finishes its schema first | cancel |
/// | jobs that come due behind a cancelled one are cancelled with it | schedule |
/// | a cancelled history is begun again by the next job | schedule |
/// | disabling with `cancel_active_jobs` throws staged data away | disable |
public final class HevoContract: ContractDialect {
  private let clock: any ContractClock
  private let state: Mutex<HevoAccount>
  private let broken = Mutex<[String]>([])
  private let report: @Sendable (String) -> Void

  /// - Parameter report: hears of every violation at once.
  public init(
    _ account: HevoAccount, clock: any ContractClock, report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.clock = clock
    self.report = report
    var account = account
    for index in account.pipelines.indices {
      account.pipelines[index].nextFire = account.pipelines[index].fire(after: clock.now())
    }
    state = Mutex(account)
  }

  public func now() -> Timestamp { clock.now() }

  public var violations: [String] { broken.withLock { $0 } }

  /// The account as it is now.
  public var account: HevoAccount {
    state.withLock { account in
      account.settle(clock.now())
      return account
    }
  }

  public func pipeline(_ id: Int) -> HevoPipelineState? { account.pipelines.first { $0.id == id } }

  /// Somebody does something in the web interface.
  public func change(_ id: Int, _ body: (inout HevoPipelineState) -> Void) {
    withPipeline(id) { account, index in body(&account.pipelines[index]) }
  }

  /// Somebody deletes a pipeline, with all that it had.
  public func delete(_ id: Int) {
    state.withLock { $0.pipelines.removeAll { $0.id == id } }
  }

  /// The service takes up another habit.
  public func change(_ body: (inout HevoAccount.Habits) -> Void) {
    state.withLock { body(&$0.habits) }
  }

  /// Somebody, the schedule or Hevo itself begins a job; false where one runs.
  @discardableResult
  public func begin(_ id: Int, type: String? = nil) -> Bool {
    var hasBegun = false
    withPipeline(id) { account, index in
      guard account.pipelines[index].activeJob == nil else { return }
      account.begin(index, type: type, at: clock.now())
      hasBegun = true
    }
    return hasBegun
  }

  /// Somebody cancels what runs there.
  public func cancelJob(_ id: Int) {
    withPipeline(id) { account, index in
      guard let job = account.pipelines[index].activeIndex else { return }
      account.cancel(index, job: job, at: clock.now())
    }
  }

  /// Gives the latest job a status that it does not get by itself, and keeps.
  public func setLatestJob(_ id: Int, status: String) {
    withPipeline(id) { account, index in
      guard let last = account.pipelines[index].jobs.indices.last else { return }
      account.pipelines[index].jobs[last].status = status
      account.pipelines[index].jobs[last].updatedAt = clock.now()
      account.pipelines[index].jobs[last].endsAt = clock.now() + TimeSpan(seconds: 1_000_000)
    }
  }

  private func withPipeline(_ id: Int, _ body: (inout HevoAccount, Int) -> Void) {
    state.withLock { account in
      account.settle(clock.now())
      guard let index = account.pipelines.firstIndex(where: { $0.id == id }) else { return }
      body(&account, index)
    }
  }

  public func answer(_ request: ServedRequest) -> ServedAnswer {
    let now = clock.now()
    let (answer, found) = state.withLock { account in
      account.settle(now)
      var desk = HevoDesk(account: account, request: request, now: now)
      let answer = desk.answer()
      account = desk.account
      return (answer, desk.violations)
    }
    for words in found.map({ "\(request.line): \($0)" }) {
      broken.withLock { $0.append(words) }
      report(words)
    }
    return answer
  }
}
