import ArgumentParser
import Foundation
import PipelineModel
import StoreAPI

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
