import Diagnostics
import Foundation
import ManifestCompiler
import ManifestSources
import Testing

@testable import PipectlCommands

/// The settings of a built-in connector are checked with the manifest, not when a run begins.
struct BuiltinSettingTests {
  private func found(source: String = "{path: in.csv}", destination: String) throws -> [String] {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source: {connector: {type: builtin, name: csv}, config: \(source)}
        destination:
          connector: {type: builtin, name: jsonl}
          config: \(destination)
      """, to: "orders.yaml")
    let loaded = loadAndCompile(
      [sandbox.path + "/orders.yaml"], environment: nil, knownZones: [], settingCheck: problems
    ) { [] }
    return loaded.diagnostics.map { diagnostic in
      let place = diagnostic.primary.map { "\($0.start.line):\($0.start.column)" } ?? ""
      return ["\(diagnostic.code) \(place) \(diagnostic.headline)", diagnostic.help?.text].compactMap(\.self)
        .joined(separator: " | ")
    }
  }

  @Test func `settings as they are documented have no mistakes`() throws {
    #expect(try found(destination: "{folder: out, overwrite: true}") == [])
    #expect(try found(destination: "{folder: {fromEnv: OUT}}") == [], "a secret stands for a text")
    #expect(
      try found(
        source: "{files: [{stream: a, path: a.csv, keys: [id], types: {id: integer}}], stateEveryRecords: 5}",
        destination: "{folder: out}") == [])
  }

  @Test func `path in place of folder is told at its line`() throws {
    #expect(
      try found(destination: "{path: out}") == [
        "PC0410 8:13 `jsonl`: `folder` is missing | `folder`: Where `STREAM.jsonl` is written; made when missing.",
        "PC0410 8:14 `jsonl` has no setting `path` | it has `folder` and `overwrite`",
      ])
  }

  @Test func `a mistyped setting is one mistake, with the name that was meant`() throws {
    #expect(
      try found(source: "{pathh: in.csv}", destination: "{foldr: out}") == [
        "PC0410 5:60 `csv` has no setting `pathh` | did you mean `path`?",
        "PC0410 8:14 `jsonl` has no setting `foldr` | did you mean `folder`?",
      ])
  }

  @Test func `mistakes below a list are told where they are`() throws {
    let found = try found(
      source: "{files: [{stream: a, path: a.csv}, {stream: b, paths: b.csv}]}", destination: "{folder: 7}")
    #expect(
      found == [
        "PC0410 5:106 `csv` has no setting `paths` | did you mean `path`?",
        "PC0410 8:22 `jsonl`: `folder` must be of type string | `folder`: Where `STREAM.jsonl` is written; made when missing.",
      ])
  }

  @Test func `what excludes each other, and what is needed, is told`() throws {
    let message = "`csv`: exactly one of `path` and `files` is needed"
    #expect(
      try found(source: "{path: a, files: [{stream: a, path: b}]}", destination: "{folder: out}") == [
        "PC0410 5:59 \(message)"
      ])
    #expect(try found(source: "{}", destination: "{folder: out}") == ["PC0410 5:59 \(message)"])
  }

  private static let others = DiagnosticCatalog.entries.map(\.code.text).filter { $0 > "PC01" && $0 != "PC0410" }

  @Test(arguments: others)
  func `the documented examples of other mistakes have good settings`(code: String) throws {
    let entry = try #require(DiagnosticCatalog.entries.first { $0.code.text == code })
    let sandbox = try Sandbox()
    try sandbox.write(entry.example.text, to: "example.yaml")
    let loaded = loadAndCompile(
      [sandbox.path + "/example.yaml"], environment: entry.example.environment, knownZones: [], settingCheck: problems
    ) { [] }
    #expect(!loaded.diagnostics.contains { $0.code == .connectorSetting }, "\(loaded.diagnostics)")
  }

  @Test(arguments: ["validate", "plan", "apply", "diff"])
  func `every command that compiles refuses them before anything is done`(command: String) throws {
    let sandbox = try Sandbox()
    let entry = try #require(DiagnosticCatalog.entries.first { $0.code == .connectorSetting })
    try sandbox.write(entry.example.text, to: "example.yaml")
    let outcome = try sandbox.pipectl(command, "-f", "example.yaml")
    #expect(outcome.exitCode == (command == "diff" ? 2 : 1))
    #expect(outcome.errors.contains("error[PC0410]: `sqlite` has no setting `batchRow`"), "\(outcome)")
    #expect(outcome.errors.contains("did you mean `batchRows`?"), "\(outcome)")
    #expect(!sandbox.exists(".pipectl"))
  }
}
