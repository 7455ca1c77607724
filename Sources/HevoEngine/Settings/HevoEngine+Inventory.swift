public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension HevoEngine: ImportableEngine {
  /// One call for a hundred pipelines.
  public func inventory(as engine: EngineSpec, withStreams: Bool) async throws(EngineError) -> EngineInventory {
    let pipelines: RowList<HevoPipeline>
    do throws(CallFailure) { pipelines = try await service.pipelines() } catch { throw EngineError(error) }
    return EngineInventory(
      objects: pipelines.rows.map { ImportableObject($0, engine) } + pipelines.odd.map { ImportableObject(odd: $0) },
      staysThere: [
        "sources and destinations with their credentials", "the selection of objects",
        "load mode, schema evolution and failure policy",
      ])
  }
}

extension ImportableObject {
  fileprivate init(_ pipeline: HevoPipeline, _ engine: EngineSpec) {
    self.init(
      id: pipeline.id, displayName: pipeline.name ?? "pipeline \(pipeline.id)",
      standing: .passedOver("it is deleted in Hevo (\(pipeline.status?.word ?? ""))"))
    guard pipeline.position != .gone else { return }
    let held = HeldDefinition(pipeline)
    let (schedule, unsaid) = pipeline.declaredSchedule
    let word = pipeline.status.map { "`\($0.word)`" } ?? "none"
    let unread = held == nil ? "its status, \(word), does not tell whether it is enabled, which stays as it is" : nil
    let paused: PauseSetting =
      switch pipeline.position {
      case nil, .gone: .unmanaged
      case .on, .turningOn, .busy, .broken: .active
      case .off, .turningOff: .paused(PauseDetails())
      }
    standing = .described(
      PipelineSpec(engine: engine, work: .remote(id: id), schedule: schedule, paused: paused))
    remarks = [unsaid, pipeline.position == nil ? unread : nil, held?.hold].compactMap { $0 }
  }
}

extension HevoPipeline {
  /// What a manifest says of the schedule, and what it cannot.
  fileprivate var declaredSchedule: (ScheduleSetting, unsaid: String?) {
    guard let schedule, let kind = schedule.kind else {
      return (.unmanaged, "Hevo does not tell its schedule, which stays as it is")
    }
    switch kind {
    case .known(.onDemand): return (.none, nil)
    case .unknown(let word):
      return (.unmanaged, "its schedule `\(word)` is none that a manifest can declare, and stays as it is")
    case .known(.scheduled):
      let step = TimeSpan(seconds: Int64(schedule.minutes ?? 60) * 60)
      guard Capabilities.hevo.schedules.keeps(.every(step, anchor: nil)) else {
        return (.unmanaged, "its step of \(step) is none that a manifest can declare, and stays as it is")
      }
      return (.slots(Schedule(keptByEngine: .every(step, anchor: nil))), nil)
    }
  }
}
