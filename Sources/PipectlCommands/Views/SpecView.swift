import PipelineModel

/// What a pipeline's manifests resolve to, as one manifest would write it: defaults filled in, source and destination written out,
/// secrets as references.
struct SpecView: Encodable, Hashable {
  /// The name; what it resolves to is in the status.
  var engine: String
  /// Absent where the engine holds the definition.
  var source: ConnectionView?
  var destination: ConnectionView?
  /// Absent: all that are discovered.
  var streams: [StreamView]?
  var remote: RemoteView?
  var command: CommandView?
  var migration: MigrationView?
  var mode: String
  var schedule: ScheduleSettingView
  /// Absent: the manifest does not say.
  var paused: PausedView?
  var job: JobView?
  var limits: LimitsView
  var retry: RetryView
  /// Absent: the job has no rounds.
  var pollInterval: String?
  /// Absent: nothing is consented to in advance.
  var allow: [String]?

  struct ConnectionView: Encodable, Hashable {
    var connector: ConnectorView
    var config: [String: SettingView]?
  }

  struct ConnectorView: Encodable, Hashable {
    var type: String
    var name: String?
    var package: String?
    var executable: String?
    var env: [String: SettingView]?
    /// Absent: `catalog`.
    var catalogArgument: String?
    /// Absent: nothing is stated.
    var capabilities: ConnectorCapabilitiesView?
  }

  struct ConnectorCapabilitiesView: Encodable, Hashable {
    var discovery: Bool?
    var state: Bool?
    var logBased: Bool?
  }

  struct StreamView: Encodable, Hashable {
    var name: String
    var replication: String?
    var key: String?
    var fields: [String]?
  }

  struct RemoteView: Encodable, Hashable {
    var id: String
  }

  struct CommandView: Encodable, Hashable {
    var argv: [String]
    var env: [String: SettingView]?
    /// Absent: the folder in which the run is ordered.
    var workingDirectory: String?
    var capabilities: CapabilitiesView

    struct CapabilitiesView: Encodable, Hashable {
      var modes: [String]
      var complete: Bool
      var dropDestinationFirst: Bool
    }
  }

  /// Omitted, null and a schedule are three things (law 13).
  enum ScheduleSettingView: Hashable {
    case unmanaged
    case none
    case slots(ScheduleView)
  }

  struct ScheduleView: Encodable, Hashable {
    var cron: String?
    var every: String?
    var anchor: String?
    /// Of a `cron` schedule, as `dst` is.
    var timeZone: String?
    var missed: MissedView
    var startDeadline: String
    var overlap: String
    var dst: TransitionView?
  }

  enum MissedView: Hashable {
    case word(String)
    case runAll(Int)
  }

  struct TransitionView: Encodable, Hashable {
    var gap: String
    var fold: String
  }

  enum PausedView: Hashable {
    case flag(Bool)
    case details(Details)

    struct Details: Encodable, Hashable {
      var reason: String?
      var by: String?
      var until: String?
      var cancelRun: Bool?
    }
  }

  struct JobView: Encodable, Hashable {
    var request: String
    var action: String
    var mode: String?
    var ifRunning: String?
    var dropDestinationFirst: Bool?
    var reason: String?
    var expireAfter: String?
  }

  struct LimitsView: Encodable, Hashable {
    var runTimeout: String?
    var noProgress: NoProgressView?
    var cancelGrace: String
    /// Absent: nothing is drained.
    var drainTimeout: String?
  }

  enum NoProgressView: Hashable {
    case span(String)
    case details(Details)

    struct Details: Encodable, Hashable {
      var after: String
      var action: String
    }
  }

  struct RetryView: Encodable, Hashable {
    var attempts: Int
    var backoff: String
  }
}
