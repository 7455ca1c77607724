import PipelineModel
import StoreAPI
import ArgumentParser
import Foundation
import SingerProtocol

struct StateSetCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set the state that the next run goes on from.",
    discussion: "The document is a JSON object as the tap knows it. The present one stays in the history.")

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @Argument(help: "A file with the document, or `-` for standard input.", completion: .file())
  var file: String?
  @Flag(help: "The next run begins without a state, and reads everything again.")
  var empty = false
  @Option(help: "Why; recorded and shown.")
  var reason: String?
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (file == nil) != empty { throw ValidationError("give either a file (or `-`) or --empty") }
  }

  func verdict() async throws -> Verdict {
    let name = try Workspace.openForReading(global.folder, tracer: global.callTracer).pipeline(pipeline).name
    let text = try file.map(document)
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    let before = try workspace.store.latestState(of: name)
    let edit = StateEdit(workspace: workspace, pipeline: name, lockTimeout: lockTimeout.span)
    let version = try await edit.commit(reason: reason) { text }
    let undo = before.map { "; `pipectl state rollback \(name) --to \($0.origin.reference)` undoes this" } ?? ""
    return .done("The state of \(name) is set: \(StateVersionView(version).digest)\(undo).")
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
