public import PipelineModel
import Synchronization

/// Relational Migrator's REST API as it is published: projects, and jobs that are made and started by one call.
///
/// | habit | where |
/// | --- | --- |
/// | one job at a time: 470 in older releases, 409 since | creating |
/// | a job that is made twice runs twice | creating |
/// | one call terminates a snapshot and completes change capture | stopping |
/// | a path that is no call is the web application, with 200 | everywhere |
/// | an unknown job may be a 200 with nothing in it | jobs |
/// | nobody is asked who calls | everywhere |
public final class MigratorContract: ContractDialect {
  private let clock: any ContractClock
  private let state: Mutex<MigratorInstance>
  private let broken = Mutex<[String]>([])
  private let report: @Sendable (String) -> Void

  /// - Parameter report: hears of every violation at once.
  public init(
    _ instance: MigratorInstance = MigratorInstance(), clock: any ContractClock,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.clock = clock
    self.report = report
    state = Mutex(instance)
  }

  public func now() -> Timestamp { clock.now() }

  public var violations: [String] { broken.withLock { $0 } }

  /// The instance as it is now.
  public var instance: MigratorInstance {
    state.withLock { instance in
      instance.settle(clock.now())
      return instance
    }
  }

  /// Somebody does something in the web interface.
  public func change(_ body: (inout MigratorInstance) -> Void) {
    state.withLock { instance in
      instance.settle(clock.now())
      body(&instance)
    }
  }

  public func answer(_ request: ServedRequest) -> ServedAnswer {
    let now = clock.now()
    let (answer, found) = state.withLock { instance in
      instance.settle(now)
      var desk = MigratorDesk(instance: instance, request: request, now: now)
      let answer = desk.answer()
      instance = desk.instance
      return (answer, desk.violations)
    }
    for words in found.map({ "\(request.line): \($0)" }) {
      broken.withLock { $0.append(words) }
      report(words)
    }
    return answer
  }
}

extension MigratorInstance {
  mutating func settle(_ now: Timestamp) {
    for index in jobs.indices { jobs[index].settle(now) }
  }

  /// Somebody starts a job in the web interface.
  public mutating func begin(project: String = "shop-1", mode: String = "SNAPSHOT", at now: Timestamp) {
    jobs.append(
      MigratorJobState(
        id: "job-\(jobs.count + 1)", projectID: project, submittedAt: now, mode: mode,
        options: ["mode": .string(mode), "dropCollections": false, "errorHandling": "FAIL"], plan: plan))
  }

  /// Somebody stops what runs.
  public mutating func stopJob(at now: Timestamp) {
    for index in jobs.indices { jobs[index].stop(at: now, taking: habits.stopTakes) }
  }

  /// The latest job is told to be something else than it became by itself.
  public mutating func replaceLatestJob(with job: MigratorJobState) {
    if !jobs.isEmpty { jobs[jobs.count - 1] = job }
  }

  /// The instance loses its history.
  public mutating func forgetJobs() { jobs = [] }
}
