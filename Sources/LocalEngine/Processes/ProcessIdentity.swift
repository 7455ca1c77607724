/// A process for certain: a pid alone is used again.
struct ProcessIdentity: Hashable, Codable, Sendable {
  var pid: Int32
  /// Clock ticks since boot.
  var startTime: UInt64
  var bootID: String
}
