import PipelineModel
import SeededRandom

/// Which pipelines of a drawn story are at home at which service; the others are on the embedded engine.
struct ServiceHomes {
  private var kinds: [PipelineName: ServiceKind] = [:]

  /// Draws a home for each; most are elsewhere.
  init(of names: [PipelineName], _ random: inout SplitMix64) {
    for name in names where random.chance(80) { kinds[name] = random.pick(.stitch, .stitch, .hevo, .hevo, .migrator) }
  }

  init() {}

  /// The pipeline as it can be declared there.
  func fit(_ pipeline: DesiredPipeline, _ random: inout SplitMix64) -> DesiredPipeline {
    guard let kind = kinds[pipeline.name] else { return pipeline }
    var fitted = pipeline
    let limit = kind == .migrator ? 1 : pipeline.spec.engine.maxConcurrentRuns
    fitted.spec.engine = EngineSpec(name: kind.engine, type: kind.rawValue, maxConcurrentRuns: limit)
    if !kind.modes.contains(pipeline.spec.mode) { fitted.spec.mode = kind.modes[0] }
    if kind == .migrator, random.chance(60) { fitted.spec.mode = .continuous }
    fitted.spec.job = pipeline.spec.job.map { fit($0, of: pipeline.name) }
    guard kind.holdsDefinitions else { return fitted }
    fitted.spec.work = .remote(id: ServiceKind.unit(of: pipeline.name))
    if case .slots = pipeline.spec.schedule {
      fitted.spec.schedule = .slots(hourly(TimeSpan(seconds: Int64(random.pick(3600, 21_600)))))
    } else {
      fitted.spec.schedule = random.chance(40) ? .slots(hourly(TimeSpan(seconds: 3600))) : .unmanaged
    }
    return fitted
  }

  /// The request as the compiler would let it pass.
  func fit(_ job: JobRequest, of pipeline: PipelineName) -> JobRequest {
    guard let kind = kinds[pipeline] else { return job }
    guard case .start(var options) = job.action else { return kind == .migrator ? completing(job) : job }
    if let mode = options.mode, !kind.modes.contains(mode) { options.mode = nil }
    if kind.holdsDefinitions { options.dropDestinationFirst = false }
    var fitted = job
    fitted.action = .start(options)
    return fitted
  }

  /// Every other stop of what captures changes is meant to end it well.
  private func completing(_ job: JobRequest) -> JobRequest {
    var completing = job
    if job.request.text.utf8.last.map({ $0 % 2 == 0 }) ?? false { completing.action = .complete }
    return completing
  }

  private func hourly(_ step: TimeSpan) -> Schedule {
    Schedule(
      cadence: .every(step, anchor: nil), timeZone: "UTC", missed: .skip, startDeadline: TimeSpan(seconds: 3600),
      overlap: .skip, transitions: TransitionPolicy())
  }
}
