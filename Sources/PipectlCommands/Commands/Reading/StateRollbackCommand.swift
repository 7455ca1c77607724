import StoreAPI
import ArgumentParser
import PipelineModel
import SingerProtocol

struct StateRollbackCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Go back to older states: the next runs read again what came after them.",
    discussion: "The older version is added as the newest one, so that a rollback can be rolled back.")

  @OptionGroup var pipelines: PipelineSelection
  @Option(
    help:
      "A version, as `pipectl state history` names it, or a run: its last state. (default: the version before the present one)"
  )
  var to: String?
  @Option(help: "Only the bookmark of this stream; may be given several times.")
  var stream: [String] = []
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try pipelines.require()
    if pipelines.names.count != 1, to != nil || !stream.isEmpty {
      throw ValidationError("--to and --stream are about one pipeline: name it; several go back to the versions before")
    }
  }

  func verdict() async throws -> Verdict {
    let names = try pipelines.records(in: try Workspace.openForReading(global.folder, tracer: global.callTracer)).map(
      \.name)
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    let edit = StateEdit(workspace: workspace, pipelines: names, lockTimeout: lockTimeout.span)
    var steps: [PipelineName: Step] = [:]
    let versions = try await edit.commit(reason: reason) { name in
      let step = Step(before: try workspace.store.latestState(of: name), target: try chosen(name, workspace))
      steps[name] = step
      return try stream.isEmpty ? step.target.text : mixed(step.before, step.target)
    }
    let lines = try versions.map { version in
      try sentence(version, steps[version.pipeline]) + historyNote(version.pipeline, workspace)
    }
    return .done(lines.joined(separator: "\n"))
  }

  /// From which version to which.
  private struct Step {
    let before: StateVersion?
    let target: StateVersion
  }

  private func sentence(_ version: StateVersion, _ step: Step?) -> String {
    let name = version.pipeline
    let what = stream.isEmpty ? "the state" : "the bookmark of \(listed(stream))"
    let undo = step?.before.map { "; `pipectl state rollback \(name) --to \($0.origin.reference)` undoes this" } ?? ""
    let source = step.map { " from \($0.target.origin.reference) of \($0.target.at)" } ?? ""
    return "\(name) has \(what)\(source) again: \(StateVersionView(version).digest)\(undo)."
  }

  private func chosen(_ name: PipelineName, _ workspace: Workspace) throws -> StateVersion {
    if let to, let version = try workspace.stateVersion(to, of: name) { return version }
    let versions = try workspace.store.states(of: name, limit: 2)
    guard versions.count == 2 else {
      throw CommandEnd.failed(
        "\(name) has no older state to go back to, and nothing was changed; `pipectl state set \(name) --empty` lets the next run begin without one"
      )
    }
    return versions[1]
  }

  /// The present document with the older bookmarks of the streams.
  private func mixed(_ present: StateVersion?, _ older: StateVersion) throws -> String {
    var document = try parsed(present?.text ?? "{}", "the present state")
    let bookmarks = try older.text.map { try parsed($0, "the state \(older.origin.reference)").bookmarks } ?? []
    for stream in stream {
      let old = bookmarks.first { $0.stream == stream }
      let known = document.bookmarks.contains { $0.stream == stream }
      guard old != nil || known else {
        let names = Set(bookmarks.map(\.stream) + document.bookmarks.map(\.stream)).sorted()
        throw CommandEnd.failed(
          "neither state has a bookmark of `\(stream)`"
            + (names.isEmpty ? ": this tap does not keep its state stream by stream" : "; there are \(listed(names))"))
      }
      document = old.map { document.replacingBookmark(stream, $0.value) } ?? document.removingBookmarks(of: [stream])
    }
    return document.text
  }

  private func parsed(_ text: String, _ what: String) throws(CommandEnd) -> StateDocument {
    do { return try StateDocument(text) } catch { throw .failed("\(what) is no JSON (\(error)), so it has no streams") }
  }

  /// A cut history makes the next run ignore any state.
  private func historyNote(_ name: PipelineName, _ workspace: Workspace) throws -> String {
    try workspace.pipeline(name.text).isHistoryPending
      ? " Its history is pending, though: the next run begins the history again, unless it is started with --mode incremental."
      : ""
  }
}
