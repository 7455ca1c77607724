/// Which end of a run a process is.
enum ConnectorRole: String, Hashable, Codable, Sendable {
  /// Not an end itself: what installs one.
  case install
  case discovery
  case tap
  case target
  /// The program that is the whole job.
  case command
}
