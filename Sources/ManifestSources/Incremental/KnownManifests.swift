import Diagnostics
import ManifestCompiler
import ManifestSyntax
import PipelineModel

/// Manifests that were compiled together without a mistake.
///
/// It holds no text and no tree, only what comes out and what tells whether it still stands.
struct KnownManifests: Sendable {
  /// By the name of the file.
  private(set) var files: [String: File]
  /// Sorted by name.
  private(set) var pipelines: [DesiredPipeline]
  private(set) var warnings: [Diagnostic]
  /// Of the pipelines that ask for what has to be agreed to.
  private(set) var consentPlaces: [PipelineName: String]

  struct File: Sendable {
    let version: String
    /// Of all its documents.
    let titles: [ManifestTitle]
  }

  init(
    files: [String: File], pipelines: [DesiredPipeline], warnings: [Diagnostic], consentPlaces: [PipelineName: String]
  ) {
    self.files = files
    self.pipelines = pipelines
    self.warnings = warnings
    self.consentPlaces = consentPlaces
  }

  /// The files that define one of these.
  func definers(of titles: Set<ManifestTitle>) -> Set<String> {
    guard !titles.isEmpty else { return [] }
    return Set(files.filter { $0.value.titles.contains(where: titles.contains) }.keys)
  }

  /// The pipelines that refer to one of these.
  func dependants(on titles: Set<ManifestTitle>) -> Set<ManifestTitle> {
    guard !titles.isEmpty else { return [] }
    return Set(
      pipelines.filter { $0.references.contains(where: titles.contains) }.map { ManifestTitle(.pipeline, $0.name.text) }
    )
  }

  /// The same with some files compiled anew. Nil where one of their pipelines describes what another file's pipeline describes.
  func replacing(
    _ changed: [String: File], removed: Set<String>, pipelines new: [DesiredPipeline], warnings more: [Diagnostic],
    consentPlaces places: [PipelineName: String]
  ) -> KnownManifests? {
    let stale = Set(changed.keys).union(removed)
    let gone = Set(stale.flatMap { files[$0]?.titles ?? [] }.filter { $0.kind == .pipeline }.map(\.name))
    guard !describes(Set(new.compactMap(\.spec.remoteObject)), without: gone) else { return nil }
    var result = self
    for name in removed { result.files[name] = nil }
    result.files.merge(changed) { _, new in new }
    result.pipelines = merged(pipelines, without: gone, with: new.sorted { $0.name < $1.name })
    result.consentPlaces = consentPlaces.filter { !gone.contains($0.key.text) }.merging(places) { _, new in new }
    result.warnings = sortedForReport(
      warnings.filter { warning in warning.primary.map { !stale.contains($0.file) } ?? true } + more)
    return result
  }

  /// Whether a pipeline that stays describes one of these.
  private func describes(_ objects: Set<RemoteObject>, without gone: Set<String>) -> Bool {
    guard !objects.isEmpty else { return false }
    return pipelines.contains { pipeline in
      guard let object = pipeline.spec.remoteObject else { return false }
      return objects.contains(object) && !gone.contains(pipeline.name.text)
    }
  }

  /// Both are sorted, and stay so.
  private func merged(
    _ old: [DesiredPipeline], without gone: Set<String>, with new: [DesiredPipeline]
  ) -> [DesiredPipeline] {
    var result: [DesiredPipeline] = []
    result.reserveCapacity(old.count + new.count)
    var rest = new[...]
    for pipeline in old where !gone.contains(pipeline.name.text) {
      while let next = rest.first, next.name < pipeline.name { result.append(rest.removeFirst()) }
      result.append(pipeline)
    }
    return result + rest
  }
}

extension DesiredPipeline {
  /// The manifests that it would have been made from, those that are not there among them.
  fileprivate var references: [ManifestTitle] {
    let engine = ManifestTitle(.engine, spec.engine.name.text)
    switch spec.work {
    case .replication(let replication):
      return [engine]
        + [
          replication.source.name.map { ManifestTitle(.source, $0) },
          replication.destination.name.map { ManifestTitle(.destination, $0) },
        ].compactMap { $0 }
    case .command, .remote, .migration: return [engine]
    }
  }
}
