import PipelineModel
import StoreAPI
import ArgumentParser
import Foundation
import SingerProtocol

struct StateSetCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set the state that the next run goes on from.",
    usage: """
      pipectl state set <pipeline> <file>
      pipectl state set (<pipeline> ... | --selector <selector>) --empty
      """,
    discussion: "The document is a JSON object as the tap knows it. The present one stays in the history.")

  @Argument(
    help: ArgumentHelp(
      "The pipeline, and a file with the document or `-` for standard input; with --empty any number of pipelines.",
      valueName: "pipeline and file"), completion: .pipelines)
  var words: [String] = []
  @Option(
    name: [.customShort("l"), .long],
    help: "With --empty, in place of names: all with these labels, as in `team=growth`.")
  var selector: Selector?
  @Flag(help: "The next runs begin without a state, and read everything again.")
  var empty = false
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if empty { return try selection.require() }
    if words.count != 2 || selector != nil {
      throw ValidationError("give a pipeline and a file (or `-`), or --empty with the pipelines")
    }
  }

  private var selection: PipelineSelection {
    var selection = PipelineSelection()
    selection.names = (empty ? words : Array(words.prefix(1))).map(plainName)
    selection.selector = selector
    return selection
  }

  func verdict() async throws -> Verdict {
    try selection.validate()
    let names = try selection.records(in: try Workspace.openForReading(global.folder, tracer: global.callTracer)).map(
      \.name)
    let text = empty ? nil : try words.last.map(document)
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    var before: [PipelineName: StateVersion] = [:]
    let edit = StateEdit(workspace: workspace, pipelines: names, lockTimeout: lockTimeout.span)
    let versions = try await edit.commit(reason: reason) { name in
      before[name] = try workspace.store.latestState(of: name)
      return text
    }
    return .done(versions.map { sentence($0, before[$0.pipeline]) }.joined(separator: "\n"))
  }

  private func sentence(_ version: StateVersion, _ before: StateVersion?) -> String {
    let name = version.pipeline
    let undo = before.map { "; `pipectl state rollback \(name) --to \($0.origin.reference)` undoes this" } ?? ""
    return "The state of \(name) is set: \(StateVersionView(version).digest)\(undo)."
  }

  /// On one line, as a target would print it.
  private func document(_ file: String) throws(CommandEnd) -> String {
    let name = file == "-" ? "standard input" : file
    let data = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
    guard let data else { throw .failed("\(name) cannot be read, and nothing was changed") }
    do {
      let value = try JSONValue(parsing: [UInt8](data))
      guard value.objectValue != nil else {
        throw CommandEnd.failed("\(name) holds \(value.kindName), and a state is an object; nothing was changed")
      }
      return value.text
    } catch let end as CommandEnd {
      throw end
    } catch {
      throw .failed("\(name) is \(error); nothing was changed")
    }
  }
}
