import Diagnostics
import Foundation
import ManifestCompiler
import ManifestSources
import PipelineModel

/// The manifest of a recorded pipeline as it is now; it may have changed since it was applied, or be gone.
struct PresentManifest {
  private let record: PipelineRecord
  private let loaded: LoadedManifests?

  /// Manifests that came from standard input cannot be read again.
  init(of record: PipelineRecord, environment: String?) {
    self.record = record
    guard case .path(let path) = record.applied.sourceSet, FileManager.default.fileExists(atPath: path) else {
      loaded = nil
      return
    }
    let chosen = environment.flatMap { $0.isEmpty ? nil : $0 }
    loaded = loadAndCompile(
      [path], environment: chosen, knownZones: Set(knownZoneNames()), capabilities: capabilitiesByType,
      keepsOrigins: true
    ) { [] }
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
