internal import PipelineModel

/// What is known of all pipelines together: it stands behind one reference, for each of thousands of situations points to it.
final class CommonFacts {
  let desired: [DesiredPipeline]
  let records: [PipelineRecord]
  let engines: [EngineName: EngineAvailability]
  let held: [EngineName: [String: HeldDefinition]]
  let adopts: Bool
  let isUnattended: Bool
  let zones: ZoneTable
  let now: Timestamp

  init(_ desired: DesiredState, _ observed: ObservedState, isUnattended: Bool, now: Timestamp) {
    self.desired = desired.pipelines
    records = observed.pipelines
    engines = Dictionary(observed.engines.map { ($0.engine, $0) }, uniquingKeysWith: { first, _ in first })
    held = engines.mapValues { engine in
      Dictionary(engine.held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    adopts = desired.adopts
    self.isUnattended = isUnattended
    zones = desired.zones
    self.now = now
  }
}
