public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension StitchEngine: ImportableEngine {
  /// One call, however many sources there are; with the selection of streams one more for each.
  public func inventory(as engine: EngineSpec, withStreams: Bool) async throws(EngineError) -> EngineInventory {
    let sources: RowList<StitchSource>
    do throws(CallFailure) { sources = try await service.sources() } catch { throw EngineError(error) }
    var objects = sources.rows.map { ImportableObject($0, engine) }
    if withStreams {
      for index in objects.indices { try await addSelection(to: &objects[index]) }
    }
    return EngineInventory(
      objects: objects + sources.odd.map { ImportableObject(odd: $0) },
      staysThere: [
        "connections with their credentials",
        withStreams ? "how streams are replicated, and the selection of fields" : "the selection of streams and fields",
      ])
  }

  /// A selection that no manifest can say, or that cannot be read now, is told and stays as it is.
  private func addSelection(to object: inout ImportableObject) async throws(EngineError) {
    guard case .described(var spec) = object.standing, let id = Int(object.id) else { return }
    let streams: [StitchStream]
    do throws(CallFailure) {
      streams = try await service.streams(of: id)
    } catch {
      object.remarks.append("its streams cannot be read, and stay as they are: \(error.message)")
      return
    }
    let rules = Set(streams.filter { $0.isSelected == true }.map(\.tapID)).sorted().map { StreamRule(name: $0) }
    guard !rules.isEmpty, rules.allSatisfy(\.isExact) else {
      object.remarks.append(
        rules.isEmpty
          ? "none of its streams is selected, which stays as it is"
          : "a stream of it has a name that would be a pattern in a manifest, so its selection stays as it is")
      return
    }
    spec.selection = rules
    object.standing = .described(spec)
    try remember(rules, of: id)
  }

  /// So that the first plan knows that the source is as it is declared; what was declared before is not forgotten for that.
  private func remember(_ rules: [StreamRule], of source: Int) throws(EngineError) {
    guard !isReadOnly, try selections.all()[source] == nil else { return }
    try selections.keep(.init(source: source, held: HeldStreams(declared: rules), checkedAt: service.now()))
  }
}

extension ImportableObject {
  fileprivate init(_ source: StitchSource, _ engine: EngineSpec) {
    self.init(
      id: String(source.id), displayName: source.displayName, type: source.type,
      standing: .passedOver("it was deleted in Stitch"))
    guard source.deletedAt == nil else { return }
    var (schedule, remarks) = StitchImport.schedule(of: HeldSchedule(source))
    if let since = source.systemPausedAt {
      remarks.append("Stitch itself has paused it since \(since), and only Stitch ends that")
    }
    if let step = source.step, step != .known(.fullyConfigured) {
      remarks.append("it is not set up to the end in Stitch (`\(step.word)`), and runs only when it is")
    }
    if let words = source.whyNoneStarts { remarks.append(words) }
    standing = .described(
      PipelineSpec(
        engine: engine, work: .remote(id: id), schedule: schedule,
        paused: source.pausedAt == nil ? .active : .paused(PauseDetails())))
    self.remarks = remarks
  }
}

/// What manifests say of a schedule as Stitch has it, and what they cannot.
private enum StitchImport {
  static func schedule(of held: HeldSchedule) -> (ScheduleSetting, remarks: [String]) {
    switch held {
    case .none: return (.unmanaged, ["it has no schedule that Stitch tells of; whatever it has stays as it is"])
    case .other(let text): return (.unmanaged, [unsaid("its cron expression `\(text)`")])
    case .cadence(.cron(let cron)): return declared(.cron(cron.inFiveFields), "its cron expression `\(cron.text)`")
    case .cadence(.every(let step, let anchor)):
      let cadence = Cadence.every(step, anchor: anchor)
      guard let anchor, !Capabilities.stitch.schedules.keeps(cadence) else {
        return declared(cadence, "its step of \(step)")
      }
      let (setting, remarks) = declared(.every(step, anchor: nil), "its step of \(step)")
      return (setting, remarks + ["its anchor \(anchor) counts only with longer steps, and stays as it is"])
    }
  }

  private static func declared(_ cadence: Cadence, _ words: String) -> (ScheduleSetting, remarks: [String]) {
    guard Capabilities.stitch.schedules.keeps(cadence) else { return (.unmanaged, [unsaid(words)]) }
    return (.slots(Schedule(keptByEngine: cadence)), [])
  }

  private static func unsaid(_ words: String) -> String {
    "\(words) is none that a manifest can declare, and stays as it is"
  }
}
