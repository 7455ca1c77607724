import Diagnostics
import PipelineModel
import Testing

@testable import ManifestCompiler

/// What a remote engine needs to be reached, and which schedules it keeps.
@Suite struct RemoteEngineTests {
  private func codes(_ schedule: String, also: String = "") -> [String] {
    compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: far}
      spec: {type: acme, baseURL: "https://api.example.com", credentials: {token: {fromEnv: ACME_TOKEN}}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec: {engine: far, remote: {id: "4711"}, schedule: \(schedule)\(also)}
      """
    ).codes
  }

  @Test func `what only processes of this machine are measured by is a mistake, and attempts are not`() {
    #expect(codes("null", also: ", limits: {runTimeout: 1h}") == ["PC0204"])
    #expect(codes("null", also: ", retry: {attempts: 3}") == [])
  }

  @Test(arguments: [
    "{every: 30m}", "{every: 1h, anchor: \"2026-01-01T00:00:00Z\"}", "{cron: \"0 6 * * *\"}", "{cron: \"0 6 * * 1-5\"}",
    "{cron: \"0 6 */2 * *\"}", "{cron: \"0 6 L * *\"}", "{cron: \"0 6 * * 5L\"}", "{cron: \"0 6 * * 5#2\"}", "null",
  ])
  func `a schedule that the engine keeps is accepted`(schedule: String) {
    #expect(codes(schedule) == [])
  }

  @Test(arguments: [
    "{every: 45m}", "{every: 30m, anchor: \"2026-01-01T00:00:00Z\"}", "{cron: \"0 6 1 * 1\"}",
    "{cron: \"0 6 */2 * 1\"}", "{cron: \"0 6 1-31 * 1\"}", "{cron: \"0 6 1,L * *\"}", "{cron: \"0 6 * * 5L,1\"}",
    "{cron: \"0 6 * * 5#2,5#4\"}", "{cron: \"0 6 L * 1\"}",
    "{cron: \"0 6 * * *\", timeZone: Europe/Berlin}",
  ])
  func `one that it does not keep is a mistake at its line`(schedule: String) {
    #expect(codes(schedule) == ["PC0414"])
  }

  @Test func `no service is called like this machine`() {
    let compilation = compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: local}
      spec: {type: acme, baseURL: "https://api.example.com", credentials: {token: {fromEnv: ACME_TOKEN}}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec: {engine: local, remote: {id: "4711"}}
      """)
    #expect(compilation.codes == ["PC0416"])
  }

  @Test func `an engine that cannot be reached says what is missing`() {
    func codes(_ spec: String) -> [String] {
      compile("apiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: far}\nspec: {\(spec)}").codes
    }
    let address = "baseURL: \"https://api.example.com\""
    #expect(codes("type: acme") == ["PC0202", "PC0202"])
    #expect(codes("type: acme, \(address)") == ["PC0202"])
    #expect(codes("type: acme, \(address), credentials: {token: {fromEnv: T}, user: {fromEnv: U}}") == ["PC0415"])
    #expect(codes("type: acme, \(address), credentials: {token: {fromFile: t}}") == [])
  }

  private func remote(_ name: String, _ id: String, more: String = "") -> String {
    "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: \(name)}\n"
      + "spec: {engine: far, remote: {id: \(id)}\(more)}\n"
  }

  private let far = """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: far}
    spec: {type: acme, baseURL: "https://api.example.com", credentials: {token: {fromEnv: ACME_TOKEN}}}

    """

  @Test func `two pipelines of one object are refused both, in files of any order`() throws {
    let files = [
      ("a.yaml", remote("second", "x-1")), ("b.yaml", remote("other", "x-2")), ("c.yaml", remote("first", "x-1")),
      ("far.yaml", far),
    ]
    for order in [files, files.reversed()] {
      let compilation = compile(files: order)
      #expect(compilation.pipelines.map(\.name.text) == ["other"])
      let found = try #require(compilation.diagnostics.first)
      #expect(compilation.codes == ["PC0432"])
      #expect(found.headline == "`first` and `second` both describe `x-1` of the engine `far`")
      #expect(found.primary?.file == "c.yaml" && found.primary?.start.column == 34)
      #expect(found.secondary.map(\.range.file) == ["a.yaml"])
      #expect(found.secondary.first?.range.start.line == 4)
      #expect(found.help?.text.hasPrefix("remove one of them") == true)
    }
  }

  @Test func `of one object every further pipeline is named beside the first, and one name is one mistake`() {
    let three = ["c", "a", "b"].map { ($0 + ".yaml", remote($0, "x-1")) }
    let found = compile(files: three + [("far.yaml", far)])
    #expect(found.diagnostics.map(\.primary?.file) == ["b.yaml", "c.yaml"])
    #expect(found.pipelines.isEmpty)
    let twice = compile(files: [("a.yaml", remote("a", "x-1")), ("b.yaml", remote("a", "x-1")), ("far.yaml", far)])
    #expect(twice.codes == ["PC0207"])
  }

  @Test func `a pipeline with another mistake takes no object from a sound one`() {
    let found = compile(files: [
      ("a.yaml", remote("a", "x-1", more: ", schedule: {every: 45m}")), ("b.yaml", remote("b", "x-1")),
      ("far.yaml", far),
    ])
    #expect(found.codes == ["PC0414"])
    #expect(found.pipelines.map(\.name.text) == ["b"])
  }
}
