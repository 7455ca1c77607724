import PipelineModel

/// How manifests differ from what is recorded.
struct DiffView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Diff"
  /// Those that differ, sorted by name.
  var items: [Item]
  /// What was asked for and is not compared, for a reason that somebody has to mend.
  var refusals: [String]

  struct Item: Codable {
    var pipeline: String
    var change: Change
    var fields: [PlanView.FieldView]
  }

  enum Change: String, Codable {
    /// Not recorded yet.
    case added
    case changed
    /// Recorded, and to be let go.
    case removed
  }
}

extension DiffView {
  init(_ plan: Plan) {
    items = plan.operations.compactMap(Item.init).sorted { $0.pipeline < $1.pipeline }
    refusals = plan.refusals
  }

  func text(paint: Paint) -> String {
    items.flatMap { item in
      let (before, after) = (
        item.change == .added ? "nothing" : "recorded", item.change == .removed ? "nothing" : "manifest"
      )
      return [paint.bold("--- \(item.pipeline) (\(before))"), paint.bold("+++ \(item.pipeline) (\(after))")]
        + item.fields.flatMap { field in
          [
            field.before.map { paint.removed("- \(field.path): \($0)") },
            field.after.map { paint.added("+ \(field.path): \($0)") },
          ].compactMap { $0 }
        }
    }.joined(separator: "\n")
  }
}

extension DiffView.Item {
  /// Absent for operations that act on runs and requests: they are no difference.
  fileprivate init?(_ operation: Operation) {
    switch operation.effect {
    case .configure(let configuration): change = configuration.generation == 1 ? .added : .changed
    case .forget: change = .removed
    case .start, .stop, .write, .settle: return nil
    }
    pipeline = operation.pipeline.text
    fields = operation.changes.map { PlanView.FieldView(path: $0.path, before: $0.before, after: $0.after) }
  }
}
