import Diagnostics
import PipelineModel

/// Pipelines that describe the same object of an engine: each would undo what the others have it do.
struct Rivals {
  private let object: RemoteObject
  /// In the order of their documents.
  private let pipelines: [PipelineOutcome]

  init(_ object: RemoteObject, _ pipelines: [PipelineOutcome]) {
    self.object = object
    self.pipelines = pipelines.sorted { $0.isWritten(before: $1) }
  }

  var names: [String] { pipelines.compactMap(\.name) }

  /// Those of one name have their diagnostic already.
  var broken: [Diagnostic] {
    guard let first = pipelines.first else { return [] }
    return pipelines.filter { $0.name != first.name }.compactMap { conflict($0, first) }
  }

  private func conflict(_ pipeline: PipelineOutcome, _ first: PipelineOutcome) -> Diagnostic? {
    guard let (name, place) = pipeline.described, let (other, firstPlace) = first.described else { return nil }
    return Diagnostic(
      .sharedObject,
      "`\(name)` and `\(other)` both describe `\(excerpt(object.id))` of the engine `\(object.engine.text)`",
      at: place, secondary: [LabelledRange(firstPlace, "the first one")],
      help: Help("remove one of them: each would undo what the other changes there"))
  }
}

extension PipelineOutcome {
  /// The name, and where the id of the engine's object is.
  fileprivate var described: (name: String, place: SourceRange)? {
    guard let name, let objectRange else { return nil }
    return (name, objectRange)
  }
}
