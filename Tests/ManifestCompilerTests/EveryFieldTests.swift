import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

/// Two workspaces that differ only in one field.
struct FieldChange: Sendable, CustomTestStringConvertible {
  let field: String
  let before: String
  let after: String

  var testDescription: String { field }

  /// Lines at the end of a pipeline's spec.
  static func spec(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: pipeline(before), after: pipeline(after))
  }

  /// The connector and the settings of the pipeline's source.
  static func source(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: ends(source: before), after: ends(source: after))
  }

  static func destination(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: ends(destination: before), after: ends(destination: after))
  }

  /// The command that stands in place of both ends.
  static func command(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: job(before), after: job(after))
  }

  private static func job(_ command: String) -> String {
    "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: orders}\nspec: {command: {\(command)}}\n"
  }

  /// A migration with these keys at its end.
  static func migration(
    _ field: String, _ before: String, _ after: String, project: String = "one", source: String? = nil
  ) -> FieldChange {
    let plain = "type: MYSQL, url: \"jdbc:x\""
    func text(_ project: String, _ source: String, _ more: String) -> String {
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: near}
      spec: {type: mover, baseURL: "http://127.0.0.1:8278"}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        engine: near
        mode: snapshot
        migration: {project: \(project), source: {\(source)}, destination: {connectionString: {fromEnv: A}}, \(more)}
      """.replacing(", }", with: "}")
    }
    return FieldChange(
      field: field, before: text("one", plain, before), after: text(project, source ?? plain, after))
  }

  /// The engine that the pipeline runs on.
  static func engine(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: on(engine: before), after: on(engine: after))
  }

  /// Lines at the end of a pipeline's spec, on an engine of type `acme`.
  static func remote(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: far(before), after: far(after))
  }

  private static func far(_ spec: String) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: far}
    spec: {type: acme, baseURL: "https://api.example.com", credentials: {token: {fromEnv: TOKEN}}}
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: orders}
    spec: {engine: far, remote: {id: "4711"}, \(spec)}
    """ + "\n"
  }

  /// The environment that is chosen.
  static func environment(_ field: String, _ before: String, _ after: String) -> FieldChange {
    FieldChange(field: field, before: within(before), after: within(after))
  }

  private static func ends(
    source: String = "connector: {type: builtin, name: csv}",
    destination: String = "connector: {type: builtin, name: sqlite}", name: String = "orders", more: String = ""
  ) -> String {
    "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: \(name)}\n"
      + "spec: {source: {\(source)}, destination: {\(destination)}\(more)}\n"
  }

  static func metadata(_ field: String, _ before: String, _ after: String) -> FieldChange {
    let plain = ends()
    return FieldChange(
      field: field, before: plain.replacing("{name: orders}", with: "{\(before)}"),
      after: plain.replacing("{name: orders}", with: "{\(after)}"))
  }

  private static func on(engine: String) -> String {
    // This machine is one engine, by one name.
    let name = engine.hasPrefix("type: local") ? "local" : "big"
    return ends(more: ", engine: \(name)")
      + "---\napiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: \(name)}\nspec: {\(engine)}\n"
  }

  private static func within(_ environment: String) -> String {
    ends(source: "connector: {type: builtin, name: csv}, config: {path: \"${folder}\"}")
      + "---\napiVersion: pipectl.dev/v1\nkind: Environment\nmetadata: {name: prod}\n"
      + "spec: {variables: {folder: in}, \(environment)}\n".replacing(
        "variables: {folder: in}, variables", with: "variables")
  }
}

struct EveryFieldTests {
  private static let start = "job: {request: a, action: start"
  private static let ends = "connector: {type: builtin, name: csv}"
  private static let singer = "connector: {type: singer, executable: a"
  private static let patch = "patches: [{target: {kind: Pipeline, name: orders}, spec: {mode: snapshot}}]"

  private static let changes: [FieldChange] =
    pipelineChanges + scheduleChanges + jobChanges + connectorChanges + commandChanges + migrationChanges + otherChanges

  private static let pipelineChanges: [FieldChange] = [
    .spec("PipelineSpec.mode", "mode: incremental", "mode: snapshot"),
    .spec("PipelineSpec.pollInterval", "pollInterval: 10s", "pollInterval: 11s"),
    .spec("PipelineSpec.allow", "allow: [delete]", "allow: [rewrite, delete]"),
    .spec("PipelineSpec.paused", "paused: false", "paused: true"),
    .spec("Paused.reason", "paused: {by: a}", "paused: {by: a, reason: b}"),
    .spec("Paused.by", "paused: {by: a}", "paused: {by: b}"),
    .spec("Paused.until", "paused: {until: 2026-12-01}", "paused: {until: 2026-12-02}"),
    .remote("Paused.cancelRun", "paused: {by: a}", "paused: {by: a, cancelRun: true}"),
    .spec("Limits.runTimeout", "limits: {}", "limits: {runTimeout: 1h}"),
    .spec("Limits.noProgress", "limits: {}", "limits: {noProgress: 1h}"),
    .spec("NoProgress.after", "limits: {noProgress: {after: 1h}}", "limits: {noProgress: {after: 2h}}"),
    .spec(
      "NoProgress.action", "limits: {noProgress: {after: 1h}}", "limits: {noProgress: {after: 1h, action: alert}}"),
    .spec("Limits.cancelGrace", "limits: {}", "limits: {cancelGrace: 1h}"),
    .spec("Limits.drainTimeout", "limits: {}", "limits: {drainTimeout: 1h}"),
    .spec("Retry.attempts", "retry: {attempts: 2}", "retry: {attempts: 3}"),
    .spec("Retry.backoff", "retry: {backoff: 2s}", "retry: {backoff: 3s}"),
    .spec("Stream.name", "streams: [{name: a}]", "streams: [{name: b}]"),
    .spec("Stream.replication", "streams: [{name: a}]", "streams: [{name: a, replication: full-table}]"),
    .spec(
      "Stream.key", "streams: [{name: a, replication: incremental}]",
      "streams: [{name: a, replication: incremental, key: id}]"),
    .spec("Stream.fields", "streams: [{name: a}]", "streams: [{name: a, fields: [id]}]"),
  ]

  private static let scheduleChanges: [FieldChange] = [
    .spec("Schedule.cron", "schedule: {cron: \"@daily\"}", "schedule: {cron: \"@hourly\"}"),
    .spec("Schedule.every", "schedule: {every: 1h}", "schedule: {every: 2h}"),
    .spec("Schedule.anchor", "schedule: {every: 1h}", "schedule: {every: 1h, anchor: 2026-01-01}"),
    .spec("Schedule.timeZone", "schedule: {cron: \"@daily\"}", "schedule: {cron: \"@daily\", timeZone: Europe/Paris}"),
    .spec("Schedule.missed", "schedule: {every: 1h}", "schedule: {every: 1h, missed: run-once}"),
    .spec("Schedule.startDeadline", "schedule: {every: 1h}", "schedule: {every: 1h, startDeadline: 5m}"),
    .spec("Schedule.overlap", "schedule: {every: 1h}", "schedule: {every: 1h, overlap: queue}"),
    .spec("RunAll.runAll", "schedule: {every: 1h, missed: {runAll: 1}}", "schedule: {every: 1h, missed: {runAll: 2}}"),
    .spec("Transitions.gap", "schedule: {cron: \"@daily\"}", "schedule: {cron: \"@daily\", dst: {gap: skip}}"),
    .spec("Transitions.fold", "schedule: {cron: \"@daily\"}", "schedule: {cron: \"@daily\", dst: {fold: both}}"),
  ]

  private static let jobChanges: [FieldChange] = [
    .spec("Job.request", "\(start)}", "job: {request: b, action: start}"),
    .spec("Job.action", "\(start)}", "job: {request: a, action: cancel}"),
    .spec("Job.mode", "\(start)}", "\(start), mode: incremental}"),
    .spec("Job.ifRunning", "\(start)}", "\(start), ifRunning: wait}"),
    .spec("Job.dropDestinationFirst", "\(start)}", "\(start), dropDestinationFirst: true}"),
    .spec("Job.reason", "\(start)}", "\(start), reason: because}"),
    .spec("Job.expireAfter", "\(start)}", "\(start), expireAfter: 1h}"),
  ]

  private static let connectorChanges: [FieldChange] = [
    .source("Connector.type", "connector: {type: builtin, name: csv}", "connector: {type: singer, executable: csv}"),
    .source(
      "Connector.executable", "connector: {type: singer, executable: a}", "connector: {type: singer, executable: b}"),
    .destination(
      "Connector.name", "connector: {type: builtin, name: jsonl}", "connector: {type: builtin, name: sqlite}"),
    .source("Connector.env", ends, "connector: {type: builtin, name: csv, env: {A: b}}"),
    .source(
      "Connector.catalogArgument", "connector: {type: singer, executable: a}",
      "connector: {type: singer, executable: a, catalogArgument: properties}"),
    .source("Capabilities.discovery", "\(singer)}", "\(singer), capabilities: {discovery: false}}"),
    .source("Capabilities.state", "\(singer)}", "\(singer), capabilities: {state: true}}"),
    .source("Capabilities.logBased", "\(singer)}", "\(singer), capabilities: {logBased: false}}"),
    .source("SourceSpec.config", "\(ends), config: {}", "\(ends), config: {a: null}"),
    .destination(
      "DestinationSpec.config", "connector: {type: builtin, name: jsonl}",
      "connector: {type: builtin, name: jsonl}, config: {a: 1}"),
    .source("Secret.fromEnv", "\(ends), config: {a: {fromEnv: B}}", "\(ends), config: {a: {fromEnv: C}}"),
    .source("Secret.fromFile", "\(ends), config: {a: {fromFile: B}}", "\(ends), config: {a: {fromFile: C}}"),
  ]

  private static let commandChanges: [FieldChange] = [
    .command("Command.argv", "argv: [dbt, build]", "argv: [dbt, build, build]"),
    .command("Command.env", "argv: [dbt]", "argv: [dbt], env: {DBT_TARGET: prod}"),
    .command("Command.workingDirectory", "argv: [dbt]", "argv: [dbt], workingDirectory: /srv"),
    .command(
      "CommandCapabilities.modes", "argv: [dbt]", "argv: [dbt], capabilities: {modes: [historical, incremental]}"),
    .command(
      "CommandCapabilities.complete", "argv: [dbt], capabilities: {modes: [incremental, continuous]}",
      "argv: [dbt], capabilities: {modes: [incremental, continuous], complete: true}"),
    .command(
      "CommandCapabilities.dropDestinationFirst", "argv: [dbt]",
      "argv: [dbt], capabilities: {dropDestinationFirst: true}"),
  ]

  private static let migrationChanges: [FieldChange] = [
    .migration("Migration.project", "", "", project: "other"),
    .migration("MigrationSource.type", "", "", source: "type: ORACLE, url: \"jdbc:x\""),
    .migration("MigrationSource.url", "", "", source: "type: MYSQL, url: {fromEnv: URL}"),
    .migration("MigrationSource.user", "", "", source: "type: MYSQL, url: \"jdbc:x\", user: shop"),
    .migration(
      "MigrationSource.oraclePdbName", "", "", source: "type: MYSQL, url: \"jdbc:x\", oraclePdbName: SHOPPDB"),
    .migration("Migration.onError", "", "onError: skip"),
    .migration("Migration.errorTolerance", "", "errorTolerance: 0"),
    .migration("Migration.verify", "", "verify: true"),
    .migration("TableFilter.schema", "filters: [{\(table), rows: 1}]", "filters: [{schema: b, table: a, rows: 1}]"),
    .migration("TableFilter.table", "filters: [{\(table), rows: 1}]", "filters: [{schema: a, table: b, rows: 1}]"),
    .migration("TableFilter.where", "filters: [{\(table), rows: 1}]", "filters: [{\(table), rows: 1, where: a}]"),
    .migration("TableFilter.rows", "filters: [{\(table), rows: 1}]", "filters: [{\(table), rows: 2}]"),
  ]
  private static let table = "schema: a, table: a"

  private static let otherChanges: [FieldChange] = [
    .metadata("Metadata.name", "name: orders", "name: others"),
    .metadata("Metadata.labels", "name: orders", "name: orders, labels: {a: b}"),
    .metadata("Metadata.protected", "name: orders, protected: false", "name: orders, protected: true"),
    .engine("EngineSpec.maxConcurrentRuns", "type: local", "type: local, maxConcurrentRuns: 3"),
    .environment("EnvironmentSpec.variables", "variables: {folder: in}", "variables: {folder: out}"),
    .environment("EnvironmentSpec.patches", patch, patch.replacing("snapshot", with: "historical")),
    .environment("Patch.spec", patch, patch.replacing("snapshot", with: "continuous")),
    .environment("PatchTarget.kind", patch, "patches: [{target: {kind: Source, name: \"*\"}, spec: {config: {a: 1}}}]"),
    .environment("PatchTarget.name", patch, patch.replacing("name: orders", with: "name: \"others*\"")),
  ]

  /// Fields whose reading shows elsewhere: on an engine that is not local, or before a model exists.
  private static let shownElsewhere: Set<String> = [
    // Held by `a remote pipeline compiles to the id of its definition`.
    "Remote.id", "RemoteCapabilities.start", "PipelineSpec.engine", "EngineSpec.type",
    // Held by `a package compiles with its program or without`.
    "Connector.package",
    // The engines that want them are not part of this version; on a local one they are refused.
    "EngineSpec.baseURL",
    // Held by the tests of migrations: they say what may be asked for, and are no part of the model.
    "EngineSpec.allowRemote", "EngineSpec.continuous",
    // Held by the fixtures of documents that are no manifests.
    "Pipeline.apiVersion", "Pipeline.kind", "Source.apiVersion", "Source.kind", "Destination.apiVersion",
    "Destination.kind", "Engine.apiVersion", "Engine.kind", "Environment.apiVersion", "Environment.kind",
  ]

  @Test(arguments: changes)
  func `a change of the field changes the model`(change: FieldChange) {
    var options = CompileOptions.forTests
    options.environment = change.before.contains("kind: Environment") ? "prod" : nil
    let before = compile(change.before, options: options)
    let after = compile(change.after, options: options)
    #expect(!before.hasErrors, "\(before.diagnostics.map(\.place))")
    #expect(!after.hasErrors, "\(after.diagnostics.map(\.place))")
    #expect(before.pipelines.count == 1 && after.pipelines.count == 1)
    #expect(before.pipelines != after.pipelines)
  }

  @Test func `every described field has its change`() {
    let described = ManifestKind.allCases.flatMap { $0.document.reachable }.flatMap { set in
      set.fields.filter { $0.shape.sets.isEmpty || !$0.shape.allWords.isEmpty }.map { "\(set.name).\($0.key)" }
    }
    let wanted = Set(described + ["PipelineSpec.paused", "Limits.noProgress"]).subtracting(Self.shownElsewhere)
    #expect(wanted.subtracting(Self.changes.map(\.field)).sorted() == [])
    #expect(Set(Self.changes.map(\.field)).subtracting(described + Self.inSettings).sorted() == [])
    #expect(Self.shownElsewhere.subtracting(described).sorted() == [])
  }

  private static let inSettings = [
    "PipelineSpec.paused", "Limits.noProgress", "Secret.fromEnv", "Secret.fromFile", "EnvironmentSpec.patches",
  ]

  @Test func `a remote pipeline compiles to the id of its definition`() throws {
    let text = """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: far}
      spec:
        type: acme
        maxConcurrentRuns: 7
        baseURL: https://api.example.com
        credentials: {token: {fromFile: /run/secrets/acme}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec: {engine: far, remote: {id: "4711", capabilities: {start: true}}}
      """
    let spec = try #require(compile(text).pipelines.first?.spec)
    #expect(spec.work == .remote(id: "4711"))
    #expect(spec.startsOnDemand == true)
    let connection = EngineConnection(
      baseURL: "https://api.example.com", credentials: [.init("token", .file("/run/secrets/acme"))])
    #expect(
      spec.engine == EngineSpec(name: EngineName("far"), type: "acme", maxConcurrentRuns: 7, connection: connection))
    #expect(spec.schedule == .unmanaged)
    let none = try #require(
      compile(text.replacing("{start: true}}", with: "{start: true}}, schedule: null")).pipelines.first?.spec)
    #expect(none.schedule == ScheduleSetting.none)
  }

  @Test(arguments: [
    ("package: \"meltanolabs-tap-postgres==0.10.0\"", "meltanolabs-tap-postgres==0.10.0", nil),
    ("package: \"x==1\", executable: tap-y", "x==1", "tap-y"),
  ])
  func `a package compiles with its program or without`(
    connector: String, requirement: String, executable: String?
  ) throws {
    let text = """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source: {connector: {type: singer, \(connector)}}
        destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}
      """
    let compilation = compile(text)
    #expect(compilation.diagnostics.map(\.place) == [])
    guard case .replication(let work)? = compilation.pipelines.first?.spec.work else {
      Issue.record("no pipeline")
      return
    }
    #expect(work.source.connector == .package(requirement: requirement, executable: executable))
  }
}
