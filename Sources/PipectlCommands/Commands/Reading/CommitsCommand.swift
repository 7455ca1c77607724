import ArgumentParser
import PipelineModel
import StoreAPI

struct CommitsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "commits", abstract: "List what came of the commits that a controller followed, newest first.",
    discussion:
      "A commit is applied as a whole, or changes nothing. Of a followed folder, each version of its contents is one.")

  @Option(help: "How many.")
  var limit = 20
  @Option(name: .shortAndLong, help: "table, wide, json, yaml or name.")
  var output: ObjectFormat = .table
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let views = try workspace.store.commits(limit: limit).map(CommitView.init)
    if views.isEmpty, output == .table || output == .wide {
      return .done("No controller has followed manifests with \(global.folder) yet; `pipectl serve` does.")
    }
    try global.terminal.show(views, as: output, names: { "commit/\($0.commit)" }) { wide, paint in
      CommitView.lines(views, wide: wide, paint: paint)
    }
    return .done()
  }
}
