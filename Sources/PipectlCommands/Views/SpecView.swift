import PipelineModel

/// What a pipeline's manifests resolve to, in the shape of a manifest; a secret shows as its reference.
struct SpecView: Codable, Hashable {
  var engine: EngineView
  /// Absent where the engine holds the definition.
  var source: ConnectionView?
  var destination: ConnectionView?
  /// Absent: all that are discovered.
  var streams: [StreamView]?
  var remote: RemoteView?
  var command: CommandView?
  var mode: String
  var schedule: ScheduleView?
  /// Absent: the manifest does not say.
  var paused: Bool?
  var job: JobView?
  var limits: LimitsView
  var retry: RetryView
  var pollInterval: String
  var allow: [String]

  struct EngineView: Codable, Hashable {
    var name: String
    var type: String
    var maxConcurrentRuns: Int
  }

  struct ConnectionView: Codable, Hashable {
    var name: String?
    /// `builtin csv`, `singer tap-postgres`.
    var connector: String
    /// Each value as YAML on one line.
    var config: [String: String]
    var env: [String: String]
  }

  struct StreamView: Codable, Hashable {
    var name: String
    var replication: String?
    var key: String?
    var fields: [String]?
  }

  struct RemoteView: Codable, Hashable {
    var id: String
  }

  struct CommandView: Codable, Hashable {
    var argv: [String]
    /// Each value as YAML on one line.
    var env: [String: String]
    /// Absent: the folder in which the run is ordered.
    var workingDirectory: String?
    var modes: [String]
    var complete: Bool
    var dropDestinationFirst: Bool
  }

  struct ScheduleView: Codable, Hashable {
    var cron: String?
    var every: String?
    var anchor: String?
    var timeZone: String
    var missed: String
    var startDeadline: String
    var overlap: String
    var gap: String
    var fold: String
  }

  struct JobView: Codable, Hashable {
    var request: String
    var action: String
    var mode: String?
    var ifRunning: String?
    var dropDestinationFirst: Bool?
    var reason: String?
    var expireAfter: String?
  }

  struct LimitsView: Codable, Hashable {
    var runTimeout: String?
    var noProgress: String?
    var cancelGrace: String
    var drainTimeout: String
  }

  struct RetryView: Codable, Hashable {
    var attempts: Int
    var backoff: String
  }
}
