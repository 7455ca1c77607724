/// Who holds a state folder's lock.
public struct LockHolder: Hashable, Codable, Sendable {
  public var pid: Int32
  /// Ticks since the machine started, as the kernel counts them; with the pid it names one process.
  public var startTicks: UInt64
  public var host: String
  public var command: String
  /// Milliseconds since 1970.
  public var since: Int64

  public init(pid: Int32, startTicks: UInt64, host: String, command: String, since: Int64) {
    self.pid = pid
    self.startTicks = startTicks
    self.host = host
    self.command = command
    self.since = since
  }
}

/// Why a state folder's lock was not taken.
public struct LockError: Error, Hashable, Sendable {
  public var code: Code
  public var message: String

  public enum Code: Hashable, Sendable {
    /// Another process has it; absent where it did not say who it is.
    case held(LockHolder?)
    case unavailable
  }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
