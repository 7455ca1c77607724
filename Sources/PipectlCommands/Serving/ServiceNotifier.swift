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

  /// - Parameter state: lines such as `READY=1`.
  func tell(_ state: String) {
    guard let address, !address.isEmpty else { return }
    let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    var path = [UInt8](address.utf8)
    guard path.count < MemoryLayout.size(ofValue: name.sun_path) else { return }
    // An abstract address begins with a zero.
    if path.first == UInt8(ascii: "@") { path[0] = 0 }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let bytes = [UInt8](state.utf8)
    withUnsafePointer(to: name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}
