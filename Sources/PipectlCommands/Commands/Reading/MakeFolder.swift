import Foundation

/// Makes a state folder that only its owner can enter, where there is none.
func makeFolder(_ path: String) throws(CommandEnd) {
  guard !FileManager.default.fileExists(atPath: path) else { return }
  do {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  } catch {
    throw .failed("the state folder \(path) cannot be made; check the modes of the folder above it")
  }
}
