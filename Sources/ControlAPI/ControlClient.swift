import Foundation
import Glibc

/// Speaks to the controller of a state folder, if there is one.
public struct ControlClient: Sendable {
  public let socket: ControlSocket

  public init(_ socket: ControlSocket) { self.socket = socket }

  /// Absent where no controller listens: a socket that a dead one left behind is nobody's.
  public func connect() throws(ControlError) -> ControlConnection? {
    guard socket.exists else { return nil }
    try socket.checkFolder()
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ControlError(.socket, "no socket can be made: \(systemText())") }
    let code = socket.withAddress { connectTo($0, descriptor) }
    guard code == 0 else {
      close(descriptor)
      if code == ECONNREFUSED || code == ENOENT { return nil }
      throw ControlError(.socket, "the controller's socket \(socket.path) cannot be used: \(systemText(code))")
    }
    return ControlConnection(descriptor: descriptor)
  }

  /// Who listens; absent where nobody does.
  public func greeting(within milliseconds: Int32 = 10_000) throws(ControlError) -> ControllerGreeting? {
    guard var connection = try connect() else { return nil }
    do throws(ControlError) {
      try connection.send("GET", "/v1/controller")
      let body = try connection.wholeBody(within: milliseconds)
      return try decoded(body)
    } catch {
      // It was about to end, and what listens next is to be asked.
      if error.code == .gone { return nil }
      throw error
    }
  }

  private func decoded(_ body: [UInt8]) throws(ControlError) -> ControllerGreeting {
    do {
      return try JSONDecoder().decode(ControllerGreeting.self, from: Data(body))
    } catch {
      throw ControlError(
        .answer, "what listens at \(socket.path) does not introduce itself as a controller of pipectl's")
    }
  }
}

/// Returns 0, or an errno.
private func connectTo(_ path: String, _ descriptor: Int32) -> Int32 {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let bytes = Array(path.utf8)
  guard bytes.count <= ControlSocket.longestAddress else { return ENAMETOOLONG }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      while connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size)) != 0 {
        guard errno == EINTR else { return errno }
      }
      return 0
    }
  }
}
