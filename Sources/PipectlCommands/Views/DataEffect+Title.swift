import PipelineModel

extension DataEffect {
  /// The heading over all that does this to data.
  var title: String {
    switch self {
    case .none: "No effect on data"
    case .cancelsRun: "Cancels a run"
    case .rereads: "Reads data again"
    case .rewritesDestination: "Rewrites the destination"
    case .deletes: "Deletes"
    }
  }
}
