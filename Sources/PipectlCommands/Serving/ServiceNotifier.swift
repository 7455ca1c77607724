import Foundation
import Glibc

/// Tells systemd how the service is getting on (`sd_notify(3)`); nobody where it was not started by systemd.
struct ServiceNotifier: Sendable {
  private let address: String?

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    address = environment["NOTIFY_SOCKET"]
  }

  /// Thrice in the time after which systemd takes the service for dead (`sd_watchdog_enabled(3)`); absent where it does not watch this process.
  static func pauseBetweenBeats(environment: [String: String] = ProcessInfo.processInfo.environment) -> Duration? {
    guard let limit = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), limit > 0 else { return nil }
    if let process = environment["WATCHDOG_PID"], process != String(getpid()) { return nil }
    return .microseconds(max(limit / 3, 1))
  }

  /// A manager of services that stands still must not keep the controller from its work: what it does not take is not told.
  ///
  /// - Parameters:
  ///   - state: lines such as `READY=1`.
  ///   - waits: whether it has five seconds to take it, and not just this moment.
  func tell(_ state: String, waits: Bool = true) {
    guard let address, !address.isEmpty else { return }
    let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    var path = [UInt8](address.utf8)
    guard path.count < MemoryLayout.size(ofValue: name.sun_path) else { return }
    // An abstract address begins with a zero.
    if path.first == UInt8(ascii: "@") { path[0] = 0 }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let bytes = [UInt8](state.utf8)
    let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
    withUnsafePointer(to: name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(socket, bytes, bytes.count, flags, $0, length)
      }
    }
  }
}
