import Foundation
import Testing

/// What `get -o json` and `-o yaml` print of a pipeline is, without its status, a manifest.
struct ManifestShapeTests {
  private static let manifest = #"""
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: orders, labels: {team: growth}, protected: true}
    spec:
      source:
        connector: {type: singer, executable: tap-orders, catalogArgument: properties, capabilities: {logBased: false, state: true}, env: {MODE: fast, KEY: {fromFile: key}}}
        config:
          host: db
          port: 5432
          ratio: 1.5
          nothing: null
          secure: true
          "strange key": "a $${b} and $c and $$"
          tables: [{name: a, keys: [id]}, []]
          more: {}
          password: {fromEnv: ORDERS_PASSWORD}
      destination:
        connector: {type: builtin, name: sqlite}
        config: {path: warehouse.sqlite}
      streams:
        - {name: public-orders, replication: incremental, key: updated_at, fields: [id, "!note"]}
        - {name: "public-*"}
      mode: historical
      schedule: {cron: "0 6 * * *", timeZone: Europe/Berlin, missed: {runAll: 5}, dst: {gap: skip, fold: both}}
      paused: {reason: moving, until: 2099-12-01}
      job: {request: one, action: cancel, reason: "for you"}
      limits: {runTimeout: 2h, noProgress: 15m}
      retry: {attempts: 3, backoff: 5s}
      allow: [rewrite]
    """#

  private static let every = manifest.replacing(
    #/schedule: .*/#, with: "schedule: {every: 30m, anchor: 2026-01-01T00:00:00Z, missed: run-once}")

  private static let command = #"""
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: orders}
    spec:
      command:
        argv: [dbt, build, --vars, "$${b} and $c"]
        env: {DBT_TARGET: prod, DBT_PASSWORD: {fromEnv: DBT_PASSWORD}}
        workingDirectory: /srv/dbt
        capabilities: {modes: [incremental, historical]}
      limits: {noProgress: {after: 15m, action: alert}}
    """#

  /// The manifest that a pipeline is recorded as.
  private func printed(_ sandbox: Sandbox) throws -> String {
    var object = try sandbox.pipectl("get", "orders", "-o", "json").json()
    object["status"] = nil
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }

  @Test(arguments: [manifest, every, command])
  func `applied again it changes nothing but whose it is`(manifest: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write(manifest, to: "orders.yaml")
    let apply = try sandbox.pipectl("apply", "-f", "orders.yaml")
    #expect(apply.exitCode == 0, "\(apply)")
    try sandbox.write(try printed(sandbox), to: "again.yaml")
    let diff = try sandbox.pipectl("diff", "-f", "again.yaml", "--adopt", "-o", "json")
    #expect(diff.exitCode == 1, "\(diff)")
    #expect(try diff.list("items", 0, "fields").count == 1, "\(diff)")
    #expect(try diff.text("items", 0, "fields", 0, "path") == "sourceSet", "\(diff)")
  }

  @Test func `a literal that may be a secret is a variable in its place, so that nothing else is applied by mistake`()
    throws
  {
    let sandbox = try Sandbox()
    let literal = Self.manifest.replacingOccurrences(of: "{fromEnv: ORDERS_PASSWORD}", with: "CANARY-1")
    try sandbox.write(literal, to: "orders.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "orders.yaml").exitCode == 0)
    #expect(!(try sandbox.pipectl("get", "orders", "-o", "yaml").output.contains("CANARY")))
    try sandbox.write(try printed(sandbox), to: "again.yaml")
    let outcome = try sandbox.pipectl("validate", "-f", "again.yaml")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("hidden_literal"), "\(outcome)")
  }

  @Test func `what the names resolved to is in the status`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: shop}
      spec: {connector: {type: builtin, name: csv}, config: {files: [{stream: a, path: a.csv, keys: [id]}]}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source: shop
        destination: {connector: {type: builtin, name: sqlite}, config: {path: warehouse.sqlite}}
      """, to: "orders.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "orders.yaml").exitCode == 0)
    let answer = try sandbox.pipectl("get", "orders", "-o", "json")
    #expect(try answer.text("status", "source") == "shop")
    #expect(try answer.text("status", "destination") == nil)
    #expect(try answer.text("spec", "source", "connector", "name") == "csv")
    #expect(try answer.text("spec", "engine") == "local")
    #expect(try answer.text("status", "engine", "type") == "local")
    #expect(try answer.text("status", "sourceSet")?.hasSuffix("/orders.yaml") == true)
  }
}
