import Diagnostics
import PipelineModel
import Testing

@testable import ManifestCompiler

/// Migrations, and the engines that run them.
@Suite struct MigrationTests {
  private static let ends =
    "source: {type: POSTGRESQL, url: \"jdbc:postgresql://db/shop\", user: {fromEnv: DB_USER}, password: {fromFile: /run/db}}, "
    + "destination: {connectionString: {fromEnv: ATLAS_URI}}"

  private func compiled(_ spec: String, engine: String = "") -> Compilation {
    compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: near}
      spec: {type: mover, baseURL: "http://127.0.0.1:8278"\(engine)}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec: {engine: near, \(spec)}
      """)
  }

  @Test func `a migration compiles to its project, its ends by reference, its filters and its options`() throws {
    let filters =
      "filters: [{schema: public, table: orders, where: \"id > 10\", rows: 1000}, {schema: a, table: b, rows: 0}]"
    let compilation = compiled(
      "mode: snapshot, migration: {project: abc-1, \(Self.ends), \(filters), onError: warn, errorTolerance: 7, verify: true}"
    )
    #expect(compilation.codes == [])
    let spec = try #require(compilation.pipelines.first?.spec)
    #expect(
      spec.work
        == .migration(
          Migration(
            project: "abc-1",
            source: MigrationSource(
              type: "POSTGRESQL", url: .string("jdbc:postgresql://db/shop"), user: .secret(.environment("DB_USER")),
              password: .file("/run/db")),
            destination: .environment("ATLAS_URI"),
            filters: [
              TableFilter(schema: "a", table: "b", rows: 0),
              TableFilter(schema: "public", table: "orders", condition: "id > 10", rows: 1000),
            ],
            onError: .warn, errorTolerance: 7, verifies: true)))
    #expect(spec.engine.maxConcurrentRuns == 1, "an instance runs one job at a time")
    #expect(spec.schedule == .none, "its schedules are kept here")
  }

  @Test(arguments: [
    ("mode: snapshot, remote: {id: \"1\"}", "PC0441"),
    ("mode: snapshot, source: a, destination: b", "PC0441"),
    ("migration: {project: a, \(ends)}", "PC0405"),
    ("mode: incremental, migration: {project: a, \(ends)}", "PC0405"),
    ("mode: continuous, migration: {project: a, \(ends)}", "PC0405"),
    ("mode: snapshot, limits: {runTimeout: 1h}, migration: {project: a, \(ends)}", "PC0204"),
    ("mode: snapshot, migration: {project: a, \(ends), filters: [{schema: a, table: b}]}", "PC0202"),
    ("mode: snapshot, job: {request: a, action: complete}, migration: {project: a, \(ends)}", "PC0406"),
    (
      "mode: snapshot, migration: {project: a, \(ends), filters: [{schema: a, table: b, rows: 1}, {schema: a, table: b, rows: 2}]}",
      "PC0119"
    ),
  ])
  func `what a migration cannot be is a mistake at its line`(spec: String, code: String) {
    #expect(compiled(spec).codes.contains(code), "\(compiled(spec).codes)")
  }

  @Test func `a continuous migration needs an instance that is said to have them, and is not verified`() {
    let continuous = "mode: continuous, job: {request: a, action: complete}, migration: {project: a, \(Self.ends)}"
    #expect(compiled(continuous, engine: ", continuous: true").codes == [])
    #expect(compiled(continuous).diagnostics.first?.help?.text.contains("say `continuous: true`") == true)
    let verified = continuous.replacing("project: a", with: "project: a, verify: true")
    #expect(compiled(verified, engine: ", continuous: true").codes == ["PC0204"])
  }

  @Test func `a password that is written out is refused and not repeated`() {
    let spec = "mode: snapshot, migration: {project: a, \(Self.ends.replacing("{fromFile: /run/db}", with: "CANARY"))}"
    #expect(compiled(spec).hasErrors)
    #expect(!"\(compiled(spec).diagnostics)".contains("CANARY"))
  }

  @Test(arguments: [
    ("http://127.0.0.1:8278", "", []), ("http://localhost:8278/", "", []), ("https://[::1]:8278", "", []),
    ("https://localhost/rm", "", []),
    ("https://127.0.0.1", "", []), ("https://127.1.2.3:443/rm", "", []),
    ("https://127.0.0.1.example.com", "", ["PC0440"]), ("https://127.example.com/rm", "", ["PC0440"]),
    ("https://127.0.0.1:8278@example.com", "", ["PC0440"]), ("https://localhost:a@example.com/", "", ["PC0440"]),
    ("https://[::1]@example.com", "", ["PC0440"]),
    ("http://127.0.0.1.example.com", "", ["PC0118"]), ("http://127.0.0.1@example.com", "", ["PC0118"]),
    ("https://localhost.example.com", "", ["PC0440"]), ("https://rm.example.com", "", ["PC0440"]),
    ("https://rm.example.com", ", allowRemote: false", ["PC0440"]),
    ("https://rm.example.com", ", allowRemote: true", []), ("http://rm.example.com", ", allowRemote: true", ["PC0118"]),
    ("http://127.0.0.1:8278", ", maxConcurrentRuns: 2", ["PC0442"]),
    ("http://127.0.0.1:8278", ", maxConcurrentRuns: 1", []),
    ("http://127.0.0.1:8278", ", credentials: {token: {fromEnv: A}}", ["PC0204"]),
  ])
  func `an interface that asks nobody who calls is on this machine, unless it is said that it may not be`(
    address: String, more: String, codes: [String]
  ) {
    let text =
      "apiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: near}\nspec: {type: mover, baseURL: \"\(address)\"\(more)}"
    #expect(compile(text).codes == codes)
  }

  @Test func `settings of such engines mean nothing elsewhere`() {
    func codes(_ spec: String) -> [String] {
      compile("apiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: near}\nspec: {\(spec)}").codes
    }
    #expect(codes("type: mover") == ["PC0202"])
    #expect(codes("type: local, allowRemote: true") == ["PC0204"])
    #expect(codes("type: local, continuous: true") == ["PC0204"])
    #expect(
      codes("type: acme, baseURL: \"https://a.example\", credentials: {token: {fromEnv: A}}, allowRemote: true")
        == ["PC0204"])
  }
}
