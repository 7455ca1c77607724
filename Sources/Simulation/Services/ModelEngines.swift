import EngineAPI
public import PipelineModel
import SeededRandom

/// Every engine of a world, and what is true of their runs, whatever anybody knows of it.
public struct ModelEngines: Sendable {
  public var local: ModelEngine
  /// Sorted by name.
  private(set) var services: [ServiceEngine]

  init(local: ModelEngine, of scenario: Scenario) {
    self.local = local
    var random = SplitMix64(seed: scenario.seed)
    services = scenario.services.sorted { $0.engine < $1.engine }.map { kind in
      var engine = ServiceEngine(kind: kind, faults: scenario.faults, now: local.now, seed: random.next())
      engine.mutation = scenario.mutation
      return engine
    }
  }

  var now: Timestamp { local.now }
  var hasServices: Bool { !services.isEmpty }

  mutating func advance(to instant: Timestamp) {
    local.advance(to: instant)
    for index in services.indices { services[index].advance(to: instant) }
  }

  /// The next instant at which something changes by itself, or may be found to have changed.
  var nextChange: Timestamp? {
    ([local.nextChange] + services.map(\.nextChange)).compactMap { $0 }.min()
  }

  mutating func duration() -> TimeSpan { local.duration() }

  var names: [EngineName] { ([local.name] + services.map(\.kind.engine)).sorted() }

  /// Everything works from now on.
  mutating func calmDown() {
    forgetFaults()
    local.outageUntil = nil
    for index in services.indices { services[index].outageUntil = nil }
  }

  /// Whoever can be reached does as it is told.
  mutating func forgetFaults() {
    local.faults = .none
    for index in services.indices { services[index].faults = .none }
  }

  mutating func breakDown(until instant: Timestamp) {
    local.outageUntil = instant
    for index in services.indices { services[index].outageUntil = instant }
  }

  // MARK: The truth

  public var runs: [RunID: ModelRun] {
    services.reduce(into: local.runs) { runs, service in runs.merge(service.runs) { first, _ in first } }
  }

  func active(of pipeline: PipelineName) -> [ModelRun] {
    guard hasServices else { return local.active(of: pipeline) }
    return runs.filter { $0.key.pipeline == pipeline && $0.value.isActive }.sorted { $0.key < $1.key }.map(\.value)
  }

  func confirmedState(of pipeline: PipelineName) -> String? { local.confirmedState(of: pipeline) }

  /// Orders that have begun two jobs, and stops that hit a job that was not meant.
  var doubled: [RunID] { services.flatMap(\.service.doubled) }
  var strayStops: [RunID] { services.flatMap(\.strayStops) }

  /// Whether how a run ended is told by nobody.
  func isHidden(_ run: RunID) -> Bool { services.contains { $0.isHidden(run) } }

  // MARK: What they are asked

  mutating func look(at name: EngineName) -> EngineLook {
    guard let index = index(name) else { return EngineLook(local.observe()) }
    let observation = services[index].observe()
    guard case .complete = observation else { return EngineLook(observation) }
    return EngineLook(observation, held: services[index].held)
  }

  /// - Parameter survives: asked between two steps of an adapter; its process dies where the answer is no.
  mutating func start(_ order: StartOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    guard let index = index(order.spec.engine.name) else {
      do throws(EngineError) { return try local.start(order) } catch { throw .engine(error) }
    }
    try services[index].start(order, survives)
  }

  mutating func stop(_ order: StopOrder, at name: EngineName, _ survives: () -> Bool) throws(ServiceTrouble) {
    guard let index = index(name) else {
      do throws(EngineError) { return try local.stop(order) } catch { throw .engine(error) }
    }
    try services[index].stop(order, survives)
  }

  mutating func write(_ order: SettingsOrder) throws(ServiceTrouble) {
    guard let index = index(order.engine.name) else { return }
    try services[index].write(order)
  }

  mutating func retire(_ run: RunID, at name: EngineName) throws(EngineError) {
    guard let index = index(name) else { return try local.retire(run) }
    try services[index].retire(run)
  }

  // MARK: What others do

  mutating func startForeign(_ order: StartOrder) {
    guard let index = index(order.spec.engine.name) else { return local.startForeign(order) }
    _ = services[index].service.begin(order, isForeign: true)
  }

  /// Somebody clicks in a service's own interface.
  mutating func meddle(with pipeline: PipelineName, at name: EngineName) {
    guard let index = index(name) else { return }
    services[index].service.meddle(with: pipeline)
  }

  /// What a service holds of a pipeline's unit.
  func held(_ pipeline: PipelineName, at name: EngineName) -> HeldDefinition? {
    index(name).flatMap { services[$0].service.definitions[ServiceKind.unit(of: pipeline)] }
  }

  private func index(_ name: EngineName) -> Int? { services.firstIndex { $0.kind.engine == name } }
}
