import PipelineModel
import SeededRandom

/// A service of somebody else's as it really is, whatever anybody knows of it.
struct ModelService: Sendable {
  let kind: ServiceKind
  private(set) var now: Timestamp
  /// In the order of their beginning.
  private(set) var jobs: [ServiceJob] = []
  /// By unit.
  var definitions: [String: HeldDefinition] = [:]
  /// Runs whose order has begun two jobs.
  private(set) var doubled: [RunID] = []
  private var random: SplitMix64

  init(kind: ServiceKind, now: Timestamp, seed: UInt64) {
    self.kind = kind
    self.now = now
    random = SplitMix64(seed: seed)
  }

  mutating func advance(to instant: Timestamp) {
    now = max(now, instant)
    for index in jobs.indices { jobs[index].run.advance(to: now) }
    for job in jobs where job.followedAt.map({ $0 <= now }) ?? false { follow(job) }
  }

  /// The unit's schedule begins a job, unless one is there that is newer.
  private mutating func follow(_ job: ServiceJob) {
    guard let index = jobs.firstIndex(where: { $0.id == job.id }) else { return }
    jobs[index].followed = nil
    guard jobs.last(where: { $0.unit == job.unit })?.id == job.id, !isPaused(job.unit) else { return }
    _ = begin(job.run.order.theirs(number: 10_000 + jobs.count), isForeign: true)
  }

  /// When a job changes by itself.
  var nextChange: Timestamp? {
    let steps = jobs.filter(\.run.isActive).compactMap(\.run.future.first?.at)
    return (steps + jobs.compactMap(\.followedAt)).filter { $0 > now }.min()
  }

  func job(_ id: Int) -> ServiceJob? { jobs.first { $0.id == id } }

  /// What keeps a unit from running a job.
  func inTheWay(of unit: PipelineName) -> ServiceJob? {
    jobs.last { $0.isInTheWay(at: now) && (kind.isExclusive || $0.unit == unit) }
  }

  func isPaused(_ unit: PipelineName) -> Bool { definitions[ServiceKind.unit(of: unit)]?.isPaused ?? false }

  /// Begins a job, whose id it returns; nil where another one is in the way.
  mutating func begin(_ order: StartOrder, isForeign: Bool = false) -> Int? {
    guard inTheWay(of: order.run.pipeline) == nil else { return nil }
    let twin = jobs.contains { !$0.run.isForeign && $0.run.order.run == order.run && $0.run.attempt >= order.attempt }
    if twin && !isForeign { doubled.append(order.run) }
    jobs.append(random.job(jobs.count + 1, of: order, at: kind, isForeign: isForeign, from: now))
    return jobs.count
  }

  mutating func stop(_ id: Int) {
    guard let index = jobs.firstIndex(where: { $0.id == id }), jobs[index].run.isActive else { return }
    jobs[index] = random.stopping(jobs[index], at: kind, now)
  }

  /// Somebody turns a switch, or edits a schedule.
  mutating func meddle(with unit: PipelineName) {
    let id = ServiceKind.unit(of: unit)
    guard var definition = definitions[id] else { return }
    if random.chance(50) {
      definition.isPaused.toggle()
    } else {
      let step = TimeSpan(seconds: Int64(random.pick(1800, 3600, 21_600)))
      definition.schedule = random.chance(80) ? .cadence(.every(step, anchor: nil)) : .other("L W")
    }
    definitions[id] = definition
  }
}
