public import PipelineModel
import Synchronization

/// Stitch's Connect API, version 4, as it is documented: the sources, their jobs and what is told of them.
///
/// | habit | where |
/// | --- | --- |
/// | a job that runs already is a 200 with an error inside | starting |
/// | a stop names a source, and ends whatever runs there | stopping |
/// | no list shows a job that runs | extractions |
/// | a job that was ended from outside has no exit codes | extractions |
/// | an unknown source is a 400 | sources |
/// | an answer to an update says `schedule: null` of a source that has one | updating |
public final class StitchContract: ContractDialect {
  private let clock: any ContractClock
  private let state: Mutex<StitchAccount>
  private let broken = Mutex<[String]>([])
  private let report: @Sendable (String) -> Void

  /// - Parameter report: hears of every violation at once.
  public init(
    _ account: StitchAccount, clock: any ContractClock, report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.clock = clock
    self.report = report
    var account = account
    for index in account.sources.indices {
      account.sources[index].nextFire = account.sources[index].fire(after: clock.now())
    }
    state = Mutex(account)
  }

  public func now() -> Timestamp { clock.now() }

  public var violations: [String] { broken.withLock { $0 } }

  /// The account as it is now.
  public var account: StitchAccount {
    state.withLock { account in
      account.settle(clock.now())
      return account
    }
  }

  public func source(_ id: Int) -> StitchSourceState? { account.sources.first { $0.id == id } }

  /// Somebody does something in the web interface.
  public func change(_ id: Int, _ body: (inout StitchSourceState) -> Void) {
    state.withLock { account in
      account.settle(clock.now())
      guard let index = account.sources.firstIndex(where: { $0.id == id }) else { return }
      body(&account.sources[index])
    }
  }

  /// From now on it behaves otherwise where the documents leave it open.
  public func change(habits body: (inout StitchAccount.Habits) -> Void) {
    state.withLock { body(&$0.habits) }
  }

  /// Somebody, or the schedule, starts a job.
  @discardableResult
  public func begin(_ id: Int) -> String? {
    state.withLock { account in
      account.settle(clock.now())
      guard let index = account.sources.firstIndex(where: { $0.id == id }), account.sources[index].job == nil else {
        return nil
      }
      return account.begin(index, at: clock.now())
    }
  }

  /// Somebody stops what runs there.
  public func stopJob(_ id: Int) {
    change(id) { source in
      source.job?.endsAt = self.clock.now()
      source.job?.exits = .terminated
    }
  }

  /// What runs there goes without a trace: it never shows in a list.
  public func loseJob(_ id: Int) { change(id) { $0.job = nil } }

  public func answer(_ request: ServedRequest) -> ServedAnswer {
    let now = clock.now()
    let (answer, found) = state.withLock { account in
      account.settle(now)
      var desk = StitchDesk(account: account, request: request, now: now)
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
