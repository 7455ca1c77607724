import Foundation
import Glibc

/// The folder that an import writes to.
struct ImportFolder: Sendable {
  /// As it was given, without a slash at its end.
  let path: String

  init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  func file(named name: String) -> String { "\(path)/\(name).yaml" }

  /// The names of the manifests in it, without their ends.
  var manifestNames: Set<String> {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Set(
      files.compactMap { file in
        [".yaml", ".yml"].first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
      })
  }

  /// Whether there are manifests in it or below it.
  var holdsManifests: Bool {
    guard let files = FileManager.default.enumerator(atPath: path) else { return false }
    for case let file as String in files where file.hasSuffix(".yaml") || file.hasSuffix(".yml") { return true }
    return false
  }

  func contents(of file: String) -> String? {
    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Its real path; of a folder that is to be made, as far as there is one.
  var realPath: String { URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path }

  func make() throws(CommandEnd) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .failed("the folder \(path) cannot be made: \(systemMessage()); nothing was imported")
    }
  }

  /// Makes or replaces a file, all of it or nothing.
  func write(_ text: String, to file: String) throws(CommandEnd) {
    let temporary = file + ".\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed("\(file) cannot be written: \(systemMessage())") }
    let isWritten = wrote(text, to: descriptor)
    close(descriptor)
    guard isWritten, rename(temporary, file) == 0 else {
      let message = systemMessage()
      unlink(temporary)
      throw .failed("\(file) cannot be written: \(message)")
    }
  }
}
