import Diagnostics
import Foundation
import ManifestCompiler
import ManifestSources
import PipelineModel
import StoreAPI

/// The manifest of a recorded pipeline as it is now; it may have changed since it was applied, or be gone.
struct PresentManifest {
  private let record: PipelineRecord
  private let loaded: LoadedManifests?

  /// Manifests that came from standard input cannot be read again; those of a repository are those of the commit that was applied last.
  init(of record: PipelineRecord, in workspace: Workspace, environment: String?) {
    self.record = record
    let settings = CompileSettings(
      environment: environment.flatMap { $0.isEmpty ? nil : $0 }, knownZones: knownZoneNames(),
      capabilities: capabilitiesByType)
    switch record.applied.sourceSet {
    case .path(let path) where FileManager.default.fileExists(atPath: path):
      loaded = loadAndCompile(
        [path], environment: settings.environment, knownZones: settings.knownZones,
        capabilities: settings.capabilities, keepsOrigins: true
      ) { [] }
    case .git(let url, let path): loaded = workspace.lastCommit(of: url, path, settings)
    case .path, .standardInput: loaded = nil
    }
  }

  /// What the manifest itself has to do with it.
  var facts: [WhyView.Fact] {
    guard let loaded, !record.isForgotten else { return [] }
    guard let present = loaded.compilation.pipelines.first(where: { $0.name == record.name }) else {
      guard loaded.hasErrors else { return [] }
      return [
        WhyView.Fact(
          type: "ManifestBroken", message: "the manifests in \(record.applied.sourceSet) have mistakes now",
          help: "`pipectl validate -f \(record.applied.sourceSet)` shows them")
      ]
    }
    let changes = fieldChanges(from: record.applied, to: present)
    guard !changes.isEmpty else { return [] }
    return [
      WhyView.Fact(
        type: "NotApplied", message: "its manifest has changes that were not applied: \(listed(changes.map(\.path)))",
        place: changes.first.flatMap { place(of: String($0.path.trimmingPrefix("spec."))) },
        help: "`pipectl plan -f \(record.applied.sourceSet)` shows what they would do")
    ]
  }

  /// The fact with the line of the field that it names.
  func placed(_ fact: WhyView.Fact) -> WhyView.Fact {
    var fact = fact
    fact.place = fact.place.flatMap(place)
    return fact
  }

  private func place(of field: String) -> String? {
    guard let range = loaded?.compilation.origins[record.name]?.range(of: field) else { return nil }
    return "\(shortened(range.file)):\(range.start.line)"
  }

  /// Relative to the present folder, where it lies below it.
  private func shortened(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

extension Workspace {
  /// The manifests of the last good commit, from the controller's private copy; a copy that cannot be read is no reason to say less of the rest.
  fileprivate func lastCommit(of url: String, _ path: String, _ settings: CompileSettings) -> LoadedManifests? {
    let set = SourceSet.git(url: url, path: path)
    let mirror = folder + "/source"
    guard FileManager.default.fileExists(atPath: mirror),
      let record = try? store.commits(limit: 1000).first(where: { $0.source == set && $0.result.isGood }),
      let commit = CommitID(record.commit),
      let location = try? GitLocation(url: url, ref: record.commit, path: path)
    else { return nil }
    return try? loadCommit(
      commit, of: location, mirror: mirror, settings: settings, environment: ProcessInfo.processInfo.environment)
  }
}
