import ArgumentParser
import EngineAPI
import PipelineModel

struct ImportCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Write manifests of what an engine holds already, and take it over as it is.",
    usage: "pipectl import ENGINE [-f PATH ...] (--all | --id ID ...) --out FOLDER",
    discussion: """
      Each object becomes a file of its own in FOLDER, and a pipeline of this state folder. Nothing is changed at the engine, and the \
      plan that follows is empty. A manifest that stands for an object already is left as it is.
      """)

  @Argument(help: "An Engine of the manifests that -f names, or one that is recorded already.")
  var engine: String
  @OptionGroup var manifests: ManifestOptions
  @Flag(help: "Import everything that the engine holds.")
  var all = false
  @Option(
    name: .customLong("id"), parsing: .singleValue, help: "Import what has this id there; may be given several times.")
  var ids: [String] = []
  @Option(help: "The folder for the manifests; it is made where there is none.", completion: .directory)
  var out: String
  @Flag(help: "Also write which streams are selected, where manifests can say it; a call for each object.")
  var streams = false
  @Flag(help: "Also replace manifests that say something else than the engine.")
  var overwrite = false
  @Flag(
    inversion: .prefixedNo,
    help:
      "Record the pipelines in the state folder; with --no-record the first apply does, from wherever it reads them.")
  var record = true
  @Flag(help: "Show what would be written, and write nothing.")
  var dryRun = false
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout: SpanArgument = SpanArgument(Workspace.lockTimeout)
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if all != ids.isEmpty { throw ValidationError("say what is to be imported: either --all, or --id once or more") }
    if out.isEmpty { throw ValidationError("--out needs the name of a folder") }
    if manifests.files.contains("-") {
      throw ValidationError("the manifests are read twice, so they cannot come from standard input")
    }
  }

  func verdict() async throws -> Verdict {
    let terminal = global.terminal
    let workspace =
      try isDry
      ? Workspace.openForReading(global.folder, tracer: global.callTracer)
      : Workspace.open(global.folder, tracer: global.callTracer)
    let importing = Importing(
      engine: EngineName(engine), manifests: manifests, folder: ImportFolder(out), overwrites: overwrite,
      withStreams: streams, workspace: workspace, terminal: terminal)
    let draft = try await importing.draft(ids: all ? nil : ids)
    var view = draft.view(dryRun: dryRun)
    var problem: String?
    if !dryRun {
      try importing.write(draft)
      if record {
        let recording = try await importing.record(draft, lockTimeout: lockTimeout.span)
        (view.recorded, problem) = (recording.count, recording.problem)
      }
    }
    try terminal.show(view, as: output) { view.text(paint: $0) }
    return verdict(of: view, importing, problem: problem)
  }

  /// What is not recorded needs no folder either.
  private var isDry: Bool { dryRun || !record }

  private func verdict(of view: ImportView, _ importing: Importing, problem: String?) -> Verdict {
    let refused = view.items.filter { $0.outcome == .refused }.map { $0.pipeline ?? $0.id }
    if let problem { return .failed("\(view.counts); \(problem)") }
    if !refused.isEmpty {
      return .failed("\(view.counts); no manifest could be written for \(listed(refused)), and it is said above why")
    }
    if dryRun { return .done("Dry run: \(view.counts). Nothing was written.") }
    let next = record ? " `pipectl plan \(importing.planArguments)` has nothing to do for them." : ""
    return .done("Imported from engine `\(engine)`: \(view.counts).\(next)")
  }
}
