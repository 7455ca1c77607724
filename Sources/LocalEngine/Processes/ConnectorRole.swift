/// Which end of a run a process is.
enum ConnectorRole: String, Hashable, Codable, Sendable {
  case discovery
  case tap
  case target
  /// The program that is the whole job.
  case command

  /// The name of its bounded log.
  var logName: String {
    switch self {
    case .discovery, .tap: "tap.log"
    case .target: "target.log"
    case .command: "stdout.log"
    }
  }
}
