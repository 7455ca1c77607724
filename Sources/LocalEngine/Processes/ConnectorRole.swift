/// Which end of a run a process is.
enum ConnectorRole: String, Hashable, Codable, Sendable {
  case discovery
  case tap
  case target

  /// The name of its bounded log.
  var logName: String {
    switch self {
    case .discovery, .tap: "tap.log"
    case .target: "target.log"
    }
  }
}
