import Foundation
import Glibc
import Testing

@testable import ControlAPI

/// Whose socket a command speaks to.
struct ControlSocketTests {
  private let folder: String
  private let socket: ControlSocket

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/pipectl-socket-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    socket = ControlSocket(stateFolder: folder)
  }

  @Test func `a socket folder of one's own is made for its owner alone`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try socket.prepare()
    var status = stat()
    #expect(stat(socket.folder, &status) == 0 && status.st_mode & 0o777 == 0o700)
    try socket.checkFolder()
  }

  @Test(.enabled(if: geteuid() == 0, "giving a folder to another user needs root"))
  func `a socket folder of another user is refused, but not by root`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try socket.prepare()
    // Root of a container that has no other users may not.
    guard chown(socket.folder, 65_534, 65_534) == 0 else { return }
    let refusal = #expect(throws: ControlError.self) { try socket.checkFolder(as: 1000) }
    #expect(refusal?.code == .foreign)
    #expect(
      refusal?.message.hasPrefix("\(socket.folder) belongs to uid 65534") == true, "\(String(describing: refusal))")
    try socket.checkFolder(as: 65_534)
    try socket.checkFolder(as: 0)
    try #require(chown(socket.folder, 0, 0) == 0)
    try socket.checkFolder(as: 1000)
  }
}
