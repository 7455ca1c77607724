internal import Foundation
internal import Glibc

extension Installation {
  /// For who holds the lock alone. The marker goes first: what is half removed is not there.
  func remove() throws {
    guard Files.exists(path) else { return }
    if unlink(marker) == 0 { try Files.synchronize(folder: path) }
    try FileManager.default.removeItem(atPath: path)
  }

  /// For who holds the lock alone: leaves the requirement, and who installs it, where they can be read before there is a marker.
  func note(_ requirement: String) throws(PosixError) {
    try Files.makeFolder(folder)
    let file = try FileDescriptor(opening: lock, O_WRONLY | O_TRUNC)
    try file.writeAll(Array("\(requirement)\n\(getpid())\n".utf8))
  }

  /// The requirement that somebody began to install.
  var noted: String? {
    guard let bytes = try? Files.contents(of: lock), !bytes.isEmpty else { return nil }
    return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// Who makes it, as a phrase.
  var maker: String {
    let lines = (try? Files.contents(of: lock))?.split(separator: 0x0A) ?? []
    return lines.count > 1
      ? "process \(String(decoding: lines[1], as: UTF8.self)), which installs it" : "its installation"
  }

  /// Whether somebody holds the lock; false where it cannot be asked.
  var isInUse: Bool {
    guard Files.exists(lock) else { return false }
    do throws(PosixError) {
      let free = try InstallationLock.take(lock, .alone)
      return free == nil
    } catch {
      return false
    }
  }

  /// What it takes on the disk.
  var bytes: Int64 {
    guard let names = FileManager.default.enumerator(atPath: path) else { return 0 }
    var total: Int64 = 0
    for case let name as String in names {
      var status = stat()
      if lstat("\(path)/\(name)", &status) == 0 { total += Int64(status.st_blocks) * 512 }
    }
    return total
  }
}
