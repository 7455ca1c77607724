import EngineAPI
import ManifestSources
import PipelineModel

/// What an import finds: manifests, records and files that are there already.
struct ImportSurroundings {
  let engine: EngineSpec
  /// The manifests that were given, and those in the folder to write to.
  let declared: [DeclaredPipeline]
  /// Those that are recorded and not let go, and those that were.
  let records: [PipelineRecord]
  let folder: ImportFolder
  /// Whose the manifests in the folder are.
  let sourceSet: SourceSet
  /// Whether manifests that somebody changed are replaced.
  let overwrites: Bool

  /// A pipeline of a manifest, and where that is.
  struct DeclaredPipeline {
    let pipeline: DesiredPipeline
    let file: String?
    /// Whether something else is written in its file too.
    let sharesFile: Bool
  }

  func declaration(of spec: PipelineSpec) -> DeclaredPipeline? {
    declared.first { $0.pipeline.spec.standsForSame(as: spec) }
  }

  func record(of spec: PipelineSpec) -> PipelineRecord? {
    let all = records.filter { $0.applied.spec.standsForSame(as: spec) }
    return all.first { !$0.isForgotten } ?? all.first
  }

  /// The names that stand for something, and the names of files that are there.
  var takenNames: Set<String> {
    Set(declared.map(\.pipeline.name.text)).union(records.map(\.name.text)).union(folder.manifestNames)
  }
}

extension PipelineSpec {
  /// Whether both stand for the same object of the same engine.
  fileprivate func standsForSame(as other: PipelineSpec) -> Bool {
    guard engine.name == other.engine.name else { return false }
    switch (work, other.work) {
    case (.remote(let id), .remote(let otherID)): return id == otherID
    case (.migration(let migration), .migration(let otherMigration)): return migration.project == otherMigration.project
    case (.remote, _), (.migration, _), (.replication, _), (.command, _): return false
    }
  }
}

extension SourceSet {
  /// Whether the manifests of one are among those of the other.
  func isRelated(to other: SourceSet) -> Bool { contains(other) || other.contains(self) }
}
