import EngineAPI
import PipelineModel

/// What one import writes, and what it leaves alone.
struct ImportPlan {
  let engine: EngineSpec
  let folder: ImportFolder
  /// Sorted by the names of their pipelines.
  var items: [ImportItem]
  let staysThere: [String]
  /// Where the manifest of the engine is to be written; absent where there is one.
  var engineFile: String?

  init(engine: EngineSpec, folder: ImportFolder, items: [ImportItem], staysThere: [String]) {
    self.engine = engine
    self.folder = folder
    self.items = items
    self.staysThere = staysThere
  }

  func view(dryRun: Bool) -> ImportView {
    var specs: [String: PipelineSpec] = [:]
    for item in items where item.isTaken {
      if case .described(let spec) = item.object.standing { specs[item.pipeline ?? item.object.id] = spec }
    }
    return ImportView(
      engine: engine.name.text, out: folder.path, dryRun: dryRun, items: items.map(ImportView.Item.init),
      engineFile: engineFile, secrets: ImportSecret.all(of: engine, specs), staysThere: staysThere)
  }
}
