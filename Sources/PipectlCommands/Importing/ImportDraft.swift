import EngineAPI
import PipelineModel

/// Decides what becomes of each object: the same whatever the order in which the engine tells of them.
struct ImportDraft {
  private let around: ImportSurroundings
  /// The name of each object that has none yet, by its id.
  private var names: [String: String]

  /// - Parameter inventory: all that the engine holds: a name depends on what else has the like.
  init(_ inventory: [ImportableObject], in around: ImportSurroundings) {
    self.around = around
    var displayNames: [String: String] = [:]
    for object in inventory {
      guard case .described(let spec) = object.standing, around.declaration(of: spec) == nil,
        around.record(of: spec) == nil
      else { continue }
      displayNames[object.id] = object.displayName
    }
    var naming = ManifestNaming(taken: around.takenNames, fallback: around.engine.name.text)
    names = naming.names(for: displayNames)
  }

  /// What becomes of these, sorted by the names of their pipelines.
  func items(for objects: [ImportableObject]) throws(CommandEnd) -> [ImportItem] {
    var items: [ImportItem] = []
    for object in objects {
      switch object.standing {
      case .passedOver(let reason):
        items.append(ImportItem(object: object, outcome: .passedOver, message: reason))
      case .described(let spec): items.append(try item(for: object, spec))
      }
    }
    return items.sorted { ($0.pipeline ?? "~", $0.object.id) < ($1.pipeline ?? "~", $1.object.id) }
  }

  private func item(for object: ImportableObject, _ spec: PipelineSpec) throws(CommandEnd) -> ImportItem {
    if let declared = around.declaration(of: spec) { return try declaredItem(object, spec, declared) }
    let record = around.record(of: spec)
    if let record, !record.isForgotten, !record.applied.sourceSet.isRelated(to: around.sourceSet) {
      return ImportItem(
        object: object, outcome: .ownedElsewhere, pipeline: record.name.text,
        message: "the pipeline \(record.name) of \(record.applied.sourceSet) stands for it")
    }
    let name = record?.name.text ?? names[object.id] ?? object.id
    let file = around.folder.file(named: name)
    let text = try text(name, object, spec)
    guard let there = around.folder.contents(of: file), there != text else {
      return ImportItem(object: object, outcome: .written, pipeline: name, file: file, text: text)
    }
    return ImportItem(
      object: object, outcome: .refused, pipeline: name, message: "\(file) is there and holds something else")
  }

  /// Of an object for which a manifest stands already.
  private func declaredItem(
    _ object: ImportableObject, _ spec: PipelineSpec, _ declared: ImportSurroundings.DeclaredPipeline
  ) throws(CommandEnd) -> ImportItem {
    let name = declared.pipeline.name.text
    let text = try text(name, object, spec)
    var item = ImportItem(object: object, outcome: .kept, pipeline: name, file: declared.file)
    guard let file = declared.file else { return item }
    if around.folder.contents(of: file) == text {
      item.outcome = .unchanged
    } else if around.overwrites, !declared.sharesFile {
      (item.outcome, item.text) = (.overwritten, text)
    } else {
      item.message =
        around.overwrites
        ? "\(file) holds more than this, and is not overwritten" : difference(declared.pipeline, spec)
    }
    return item
  }

  /// What a manifest says otherwise than the engine.
  private func difference(_ declared: DesiredPipeline, _ spec: PipelineSpec) -> String {
    var observed = declared
    observed.spec.schedule = spec.schedule
    observed.spec.paused = spec.paused
    let told: Set = [
      "spec.schedule", "spec.schedule.cron", "spec.schedule.every", "spec.schedule.anchor", "spec.paused",
    ]
    let paths = fieldChanges(from: observed, to: declared).map(\.path).filter { told.contains($0) }
    return paths.isEmpty
      ? "it says the same in another way"
      : "it says otherwise: \(listed(Set(paths).sorted())); --overwrite writes what the engine has"
  }

  private func text(
    _ name: String, _ object: ImportableObject, _ spec: PipelineSpec
  ) throws(CommandEnd) -> String {
    let type = object.type.map { " (\($0))" } ?? ""
    return try ManifestText.pipeline(name, spec, comment: "\(object.displayName)\(type)")
  }
}
