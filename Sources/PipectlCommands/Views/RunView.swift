import PipelineModel

/// One run: what was ordered, by whom and why, and how it stands.
struct RunView: Codable, Hashable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Run"
  var metadata: Metadata
  var spec: Spec
  var status: Status

  struct Metadata: Codable, Hashable {
    var name: String
    var pipeline: String
    var orderedAt: String
  }

  struct Spec: Codable, Hashable {
    var mode: String
    var trigger: Trigger
    var reason: String?
    var generation: Int
    var refreshSchema: Bool
    var dropDestinationFirst: Bool
    var streams: [String]?
    /// The program and its arguments, where the run is a command's.
    var command: [String]?
  }

  struct Trigger: Codable, Hashable {
    /// `request`, `slot`, `external`.
    var type: String
    var request: String?
    var slot: String?
    /// `manifest`, or who gave the command; absent where no request is on record.
    var by: String?
  }

  struct Status: Codable, Hashable {
    /// A stage, `starting`, `cancelling`, `unconfirmed` or the outcome.
    var phase: String
    var outcome: String?
    /// Of an outcome that is not good: a failure's code.
    var reason: String?
    var message: String?
    var lastLines: [String]?
    var attempt: Int
    var startedAt: String?
    var endedAt: String?
    var duration: String?
    var stages: [StageView]
    /// Absent where it is not known.
    var records: Int64?
    var bytes: Int64?
    var streams: [RunSummary.Stream]
    var tapExit: String?
    var targetExit: String?
    var commandExit: String?
    var conditions: [String]
    var retryAt: String?
    /// Only where a single run is described.
    var stateBefore: StateVersionView?
    var stateAfter: StateVersionView?
    /// When and from where this was learnt.
    var observedAt: String
    var observedFrom: String
  }

  struct StageView: Codable, Hashable {
    var stage: String
    var startedAt: String
    var endedAt: String?
    var duration: String?
  }
}
