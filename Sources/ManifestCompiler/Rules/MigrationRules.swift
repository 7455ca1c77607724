import Diagnostics
import PipelineModel

/// What must hold for a migration, and for what stands in place of one on an engine that only migrates.
struct MigrationRules {
  let spec: CheckedObject
  let capabilities: Capabilities

  var broken: [Diagnostic] { misplaced + missing + unsaidMode + repeatedFilters + idleVerification }

  private var migration: CheckedObject? { spec[PipelineFields.migration] }
  private var isSaid: Bool { spec.says(PipelineFields.migration) }

  private var misplaced: [Diagnostic] {
    guard isSaid, !capabilities.takesMigrations else { return [] }
    return [
      Diagnostic(
        .misplacedMigration, "an engine of type `\(capabilities.engineType)` runs no migrations",
        at: spec.keyRange(of: PipelineFields.migration), help: Help("name an `engine` that does"))
    ]
  }

  private var missing: [Diagnostic] {
    // That a command runs elsewhere is said already.
    guard !isSaid, capabilities.takesMigrations, !spec.says(PipelineFields.command) else { return [] }
    let others: [any DescribedField] = [PipelineFields.remote, PipelineFields.source, PipelineFields.destination]
    guard let other = others.first(where: { spec.says($0) }) else { return [] }
    return [
      Diagnostic(
        .misplacedMigration, "an engine of type `\(capabilities.engineType)` runs nothing but migrations",
        at: spec.keyRange(of: other),
        help: Help("say what is migrated: `migration: {project: …, source: {…}, destination: {…}}`"))
    ]
  }

  /// The default of `mode` is one that nothing but a replication has everywhere.
  private var unsaidMode: [Diagnostic] {
    guard isSaid, capabilities.takesMigrations, !spec.says(PipelineFields.mode),
      let mode = spec[PipelineFields.mode], !capabilities.modes.contains(mode)
    else { return [] }
    return [
      Diagnostic(
        .unsupportedMode,
        "`mode` is `\(mode.rawValue)` unless it is written, and an engine of type `\(capabilities.engineType)` has no such mode",
        at: spec.keyRange(of: PipelineFields.migration), help: Help("write `mode: snapshot`"))
    ]
  }

  private var repeatedFilters: [Diagnostic] {
    var first: [[String]: SourceRange] = [:]
    return (migration?[MigrationFields.filters] ?? []).compactMap { item in
      guard let filter = item.value.object, let schema = filter[TableFilterFields.schema],
        let table = filter[TableFilterFields.table]
      else { return nil }
      guard let other = first.updateValue(filter.range(of: TableFilterFields.table), forKey: [schema, table]) else {
        return nil
      }
      return Diagnostic(
        .duplicateItem, "there are two filters for the table `\(excerpt("\(schema).\(table)"))`",
        at: filter.range(of: TableFilterFields.table), secondary: [LabelledRange(other, "the first one")],
        help: Help("make them one"))
    }
  }

  private var idleVerification: [Diagnostic] {
    guard let migration, migration[MigrationFields.verify] == true, spec[PipelineFields.mode] == .continuous else {
      return []
    }
    return [
      Diagnostic(
        .meaninglessKey,
        "`verify` means nothing for a continuous migration: only a snapshot is compared with its source",
        at: migration.keyRange(of: MigrationFields.verify),
        secondary: [LabelledRange(spec.range(of: PipelineFields.mode), "the mode")], help: Help("remove it"))
    ]
  }
}
