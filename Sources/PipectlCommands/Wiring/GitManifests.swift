import Foundation
import ManifestSources

extension GitOptions {
  /// Nil without `--git`.
  var location: GitLocation? {
    get throws(CommandEnd) {
      guard let url else { return nil }
      do {
        return try GitLocation(url: url, ref: ref ?? "HEAD", path: path ?? "")
      } catch {
        throw CommandEnd(.failed(error.message))
      }
    }
  }

  /// Reads and compiles the manifests once, with a private copy that is gone afterwards.
  func load(_ location: GitLocation, _ settings: CompileSettings) throws(CommandEnd) -> LoadedManifests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pipectl-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      var source = try GitSource(
        location, mirror: folder, settings: settings, environment: ProcessInfo.processInfo.environment)
      return try source.load(try source.fetch(since: nil).commit)
    } catch {
      throw CommandEnd(.failed(error.message))
    }
  }
}
