import ArgumentParser
import Foundation
import PipelineModel
import StoreAPI

/// A pipeline or a run by its name, or by what `-o name` prints: `pipeline/NAME`, `run/ID`.
func plainName(_ argument: String) -> String {
  for kind in ["pipeline/", "run/"] where argument.hasPrefix(kind) { return String(argument.dropFirst(kind.count)) }
  return argument
}

extension CompletionKind {
  /// The names of the pipelines that the state folder holds.
  static var pipelines: CompletionKind {
    .custom { _, _, _ in
      let folder = ProcessInfo.processInfo.environment["PIPECTL_STATE"].flatMap { $0.isEmpty ? nil : $0 } ?? ".pipectl"
      let records = try? Workspace.openForReading(folder).store.load(StoreQuery()).pipelines
      return (records ?? []).filter { !$0.isForgotten }.map(\.name.text)
    }
  }
}
