import ControlLoop
import Diagnostics
import EngineAPI
import Foundation
import ManifestCompiler
import ManifestSources
import ManifestSyntax
import PipelineModel
import SQLiteStore
import StoreAPI

/// One import: what the engine holds becomes files, and pipelines of the state folder.
struct Importing {
  let engine: EngineName
  let manifests: ManifestOptions
  let folder: ImportFolder
  let overwrites: Bool
  /// Whether the selection of streams is imported too.
  let withStreams: Bool
  let workspace: Workspace
  let terminal: Terminal

  /// Reads the engine, the manifests and the records, and decides; nothing is written.
  ///
  /// - Parameter ids: absent: everything.
  func draft(ids: [String]?) async throws -> ImportPlan {
    let given = try given()
    let (spec, isDeclared) = try engineSpec(in: given)
    let inventory = try await inventory(of: spec)
    let surroundings = ImportSurroundings(
      engine: spec, declared: given.pipelines, records: try workspace.store.load(StoreQuery()).pipelines,
      folder: folder, sourceSet: sourceSet, overwrites: overwrites)
    let chosen = try chosen(ids, of: inventory.objects)
    let items = try ImportDraft(inventory.objects, in: surroundings).items(for: chosen)
    let settings = ManifestOptions.settings(for: nil)
    let options = CompileOptions(
      knownTimeZones: settings.knownZones, capabilities: settings.capabilities, settingCheck: settings.settingCheck)
    var plan = ImportPlan(
      engine: spec, folder: folder,
      items: try ImportCheck(
        engine: spec, definition: isDeclared ? given.sources : [:], settings: options
      ).checked(items),
      staysThere: inventory.staysThere)
    if !isDeclared, plan.items.contains(where: \.isTaken) { plan.engineFile = folder.file(named: "engine-\(engine)") }
    return plan
  }

  /// What manifests say already: those that are given, and those in the folder.
  private struct Given {
    var engines: [EngineSpec] = []
    var pipelines: [ImportSurroundings.DeclaredPipeline] = []
    var sources: [String: [UInt8]] = [:]
  }

  private func given() throws(CommandEnd) -> Given {
    guard !arguments.files.isEmpty else { return Given() }
    let loaded = arguments.load(keepsOrigins: true)
    let mistakes = Mistakes(loaded, of: arguments)
    guard !loaded.hasErrors else {
      try terminal.show(mistakes, as: .human, beside: nil)
      throw CommandEnd(.failed("the manifests have mistakes, and nothing was imported"), mistakes: mistakes)
    }
    let compilation = loaded.compilation
    var documents: [String: Int] = [:]
    for (file, bytes) in loaded.sources { documents[file] = parseManifest(bytes: bytes, file: file).documents.count }
    return Given(
      engines: compilation.engines,
      pipelines: compilation.pipelines.map { pipeline in
        let file = compilation.origins[pipeline.name]?.entries.first { $0.origin.reference == nil }?.origin.range.file
        return .init(
          pipeline: pipeline, file: file, sharesFile: file.flatMap { documents[$0] }.map { $0 > 1 } ?? true)
      }, sources: loaded.sources)
  }

  /// What `-f` names now: the folder too, where it holds anything yet.
  var arguments: ManifestOptions {
    var options = manifests
    if folder.holdsManifests { options.files.append(folder.path) }
    return options
  }

  /// Whose manifests in the folder are: the first folder's that was given and has it inside, or its own.
  private var sourceSet: SourceSet {
    let own = SourceSet.path(folder.realPath)
    return manifests.files.map { SourceSet.path(ImportFolder($0).realPath) }.first { $0.contains(own) } ?? own
  }

  /// What `pipectl plan` is to be given afterwards.
  var planArguments: String {
    let own = SourceSet.path(folder.realPath)
    return (manifests.files + (sourceSet == own ? [folder.path] : [])).map { "-f \($0)" }.joined(separator: " ")
      + (manifests.environment.map { " --env \($0)" } ?? "")
  }

  private func engineSpec(in given: Given) throws(CommandEnd) -> (EngineSpec, isDeclared: Bool) {
    if let declared = given.engines.first(where: { $0.name == engine }) { return (declared, true) }
    let recorded = recordedSpecs
    if let known = recorded.first(where: { $0.name == engine }) {
      guard capabilitiesByType[known.type]?.isUnguarded != true else {
        throw .failed("give the manifest of the engine `\(engine)` with -f: it says what of the instance may be used")
      }
      return (known, false)
    }
    if engine == .local {
      throw .failed("the engine `local` holds nothing to import: its pipelines are what manifests say")
    }
    let names = Set(given.engines.map(\.name.text) + recorded.map(\.name.text)).sorted()
    let hint =
      nearest(engine.text, among: names).map { "did you mean `\($0)`?" }
      ?? (names.isEmpty
        ? "give the manifest of the Engine with -f (`pipectl explain engine` tells what is in it)"
        : "known: " + listed(names.map { "`\($0)`" }))
    throw .failed("there is no engine `\(engine)`: \(hint)")
  }

  private var recordedSpecs: [EngineSpec] {
    ((try? workspace.sqlite?.documents(named: EngineRegistry.key)) ?? []).compactMap { document in
      try? JSONDecoder().decode(EngineSpec.self, from: Data(document.text.utf8))
    }
  }

  private func inventory(of spec: EngineSpec) async throws(CommandEnd) -> EngineInventory {
    let known = workspace.engines.engine(spec.name, as: spec)
    // Whoever imports waits for all that there is.
    let engine = (known as? PromptEngine)?.engine ?? known
    if let unreachable = engine as? UnreachableEngine {
      throw .failed("engine `\(spec.name)` could not be read: \(unreachable.reason)")
    }
    guard let importable = engine as? any ImportableEngine else {
      throw .failed("an engine of type `\(spec.type)` holds nothing that manifests could be made of")
    }
    guard !withStreams || capabilitiesByType[spec.type]?.selectsStreams == true else {
      throw .failed(
        "no manifest selects the streams of an engine of type `\(spec.type)`: leave --streams away; nothing was imported"
      )
    }
    do throws(EngineError) {
      return try await importable.inventory(as: spec, withStreams: withStreams)
    } catch {
      throw .failed("engine `\(spec.name)` could not be read, and nothing was imported: \(error.message)")
    }
  }

  private func chosen(_ ids: [String]?, of objects: [ImportableObject]) throws(CommandEnd) -> [ImportableObject] {
    guard let ids else { return objects }
    var chosen: [ImportableObject] = []
    for id in Set(ids).sorted() {
      guard let object = objects.first(where: { $0.id == id }) else {
        let near = nearest(id, among: objects.map(\.id)).map { ": did you mean `\($0)`?" } ?? ""
        throw .failed("engine `\(engine)` holds nothing with the id `\(id.harmless)`\(near); nothing was imported")
      }
      if case .passedOver(let reason) = object.standing {
        throw .failed("`\(id.harmless)` cannot be imported: \(reason); nothing was imported")
      }
      chosen.append(object)
    }
    return chosen
  }

  func write(_ plan: ImportPlan) throws(CommandEnd) {
    guard plan.engineFile != nil || plan.items.contains(where: \.isNew) else { return }
    try folder.make()
    if let file = plan.engineFile { try folder.write(try ManifestText.engine(plan.engine), to: file) }
    for item in plan.items where item.isNew {
      guard let file = item.file, let text = item.text else { continue }
      try folder.write(text, to: file)
    }
  }
}
