import Diagnostics
import PipelineModel
import Testing

@testable import ManifestCompiler

/// What a built-in connector has against its settings is a mistake of the manifest, at its place.
struct ConnectorSettingTests {
  @Test func `each mistake stands where it was made`() {
    let compilation = compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source:
          connector: {type: builtin, name: csv}
          config:
            files:
              - {stream: a, path: a.csv}
              - {stream: b}
        destination:
          connector: {type: builtin, name: sqlite}
          config: {batchRows: "500", batchRow: 1, wantsMore: true}
      """)
    #expect(
      compilation.diagnostics.map(\.place) == [
        "PC0410 at 10:11+11: `path` is missing", "PC0410 at 13:13+48: `more` is missing",
        "PC0410 at 13:25+5: `batchRows` must be of type integer", "PC0410 at 13:32+8: `sqlite` has no `batchRow`",
      ])
    #expect(compilation.pipelines.isEmpty)
  }

  @Test func `a mistake in a manifest of its own is told once, and stops the pipelines that need it`() {
    let shared = """
      apiVersion: pipectl.dev/v1
      kind: Destination
      metadata: {name: warehouse}
      spec: {connector: {type: builtin, name: sqlite}, config: {batchRow: 1}}
      """
    let users = ["a", "b"].map { name in
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: \(name)}
      spec: {source: {connector: {type: builtin, name: csv}}, destination: warehouse}
      """
    }
    let compilation = compile(([shared] + users).joined(separator: "\n---\n"))
    #expect(compilation.codes == ["PC0410"])
    #expect(compilation.pipelines.isEmpty)
  }

  @Test func `settings that are left away are missed where the connector is named`() {
    var options = CompileOptions.forTests
    options.settingCheck = { _, settings in
      settings == .object([]) ? [SettingProblem(at: ["path"], "`path` is missing")] : []
    }
    let compilation = compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: shop}
      spec:
        connector: {type: builtin, name: csv}
      """, options: options)
    #expect(compilation.diagnostics.map(\.place) == ["PC0410 at 5:36+3: `path` is missing"])
  }

  @Test func `an environment may mend what was left to it, and a variable shows where it is set`() {
    let text = """
      apiVersion: pipectl.dev/v1
      kind: Destination
      metadata: {name: warehouse}
      spec: {connector: {type: builtin, name: sqlite}, config: {batchRows: "${rows}", wantsMore: true}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec:
        variables: {rows: many}
        patches:
          - {target: {kind: Destination, name: warehouse}, spec: {config: {wantsMore: null}}}
      """
    var options = CompileOptions.forTests
    options.environment = "prod"
    let found = compile(text, options: options).diagnostics
    #expect(found.map(\.code.text) == ["PC0410"])
    #expect(found.first?.primary?.start.line == 4)
    #expect(found.first?.secondary.map(\.range.start.line) == [10])
    #expect(compile(text).codes.filter { $0 == "PC0410" }.count == 1, "without the environment, only `more` is missed")
  }

  @Test func `of a connector at the wrong end, and of programs, nothing is said`() {
    let wrong = compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: shop}
      spec: {connector: {type: builtin, name: sqlite}, config: {batchRow: 1}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Destination
      metadata: {name: warehouse}
      spec: {connector: {type: singer, executable: target-x}, config: {batchRow: 1}}
      """)
    #expect(wrong.codes == ["PC0120"])
  }
}
