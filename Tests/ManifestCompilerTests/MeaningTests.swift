import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct MeaningTests {
  private func spec(_ lines: String...) throws -> PipelineSpec {
    let compilation = compile(pipeline(lines.joined(separator: "\n  ")))
    #expect(compilation.diagnostics.map(\.place) == [])
    return try #require(compilation.pipelines.first?.spec)
  }

  @Test func `law 13: paused absent, false, true and with a reason are four things`() throws {
    #expect(try spec().paused == .unmanaged)
    #expect(try spec("paused: false").paused == .active)
    #expect(try spec("paused: true").paused == .paused(PauseDetails()))
    #expect(try spec("paused: {}").paused == .paused(PauseDetails()))
    #expect(try spec("paused: {reason: x}").paused == .paused(PauseDetails(reason: "x")))
  }

  @Test func `a schedule or a job may be explicitly none`() throws {
    #expect(try spec("schedule: null", "job: null") == spec())
  }

  @Test func `streams absent are all, and an empty list is a mistake`() throws {
    guard case .replication(let work) = try spec().work else { return }
    #expect(work.streams == .all)
    #expect(compile(pipeline("streams: []")).codes == ["PC0111"])
  }

  @Test(arguments: [
    ("paused: off", "false"), ("paused: \"true\"", "true"), ("retry: {attempts: \"3\"}", "3"),
    ("schedule: {every: 30}", "30s"), ("mode: Snapshot", "snapshot"), ("mods: snapshot", "mode"),
    ("schedule: {cron: \"@dayly\"}", "@daily"), ("job: {request: 17, action: start}", "\"17\""),
    ("schedule: {cron: \"0 6 * * *\", timeZone: Europe/Berln}", "Europe/Berlin"),
  ])
  func `an obvious fix is offered`(line: String, replacement: String) {
    let diagnostics = compile(pipeline(line)).diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.help?.replacement == replacement)
  }

  @Test(arguments: [("Orders", "orders"), ("my orders!", "my-orders"), ("-a_b-", "a-b"), ("Größe", "gr-e")])
  func `a name that is refused comes with one that is not`(name: String, suggestion: String) {
    #expect(TextRule.name.help(for: name)?.replacement == suggestion)
    #expect(!TextRule.name.accepts(name))
    #expect(TextRule.name.accepts(suggestion))
  }

  @Test(arguments: [
    ("https://api.example.com", true), ("http://localhost:8080/x", true), ("http://127.0.0.1", true),
    ("http://[::1]:80", true), ("http://example.com", false), ("http://localhost.example.com", false),
    ("http://127.0.0.1.example.com", false), ("https://", false), ("ftp://x", false), ("http://localhost:x", false),
  ])
  func `a base URL is https, or http on loopback`(url: String, isAccepted: Bool) {
    #expect(TextRule.baseURL.accepts(url) == isAccepted)
  }

  @Test(arguments: [
    ("a==1.0", true), ("a-b.c_d[x,y]==1.0+l", true), ("a", true), ("a>=1", true), ("a == 1", true),
    ("a[x] >=1,<2", true),
    ("a===1.0", true), ("a==1.*", true), ("a ~= 1.4", true), ("a @ https://host/a-1.0-py3-none-any.whl", true),
    ("a[x] @ git+https://host/a.git@main", true), ("a @ git+ssh://git@host/a.git", true), ("a @ file:///x/a.whl", true),
    ("==1", false), ("a==", false), ("-a==1", false), ("a[]==1", false), ("a==1; x", false), ("git+https://x", false),
    ("--index-url=https://x", false), ("-r other.txt", false), ("a==1 --no-deps", false), ("a==1\n--pre", false),
    ("a==1,", false), ("a 1", false), ("./a.whl", false), ("a @ file://relative.whl", false),
    ("a @ http://host/a", false),
    ("a @ https://user:word@host/a.whl", false), ("a @ git+ssh://git:word@host/a", false), ("a @ ./a", false),
    ("a @ ", false), ("a @ https://host/a b", false), (" a", false), ("a ", false), ("ä==1", false), ("", false),
  ])
  func `a requirement is a package with its versions, or with its place`(text: String, isAccepted: Bool) throws {
    #expect(TextRule.requirement.accepts(text) == isAccepted)
    // Regular expressions do not tell a name that ends well from one that does not, nor a password in front of a colon.
    let pattern = try Regex(try #require(TextRule.requirement.pattern))
    if isAccepted { #expect(try pattern.wholeMatch(in: text) != nil, "the schema refuses it") }
    if !isAccepted, !text.contains(":word@"), !text.hasSuffix(" ") {
      #expect(try pattern.wholeMatch(in: text) == nil, "the schema accepts it")
    }
  }

  @Test(arguments: [
    ("1.50", "1.50"), (".5", "0.5"), ("-.5e3", "-0.5e3"), ("1.", "1.0"), ("+1e3", "1e3"), ("01.5", "1.5"),
    ("1.e2", "1.0e2"),
  ])
  func `a number of a setting is one that JSON has`(written: String, expected: String) throws {
    let compilation = compile(
      "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: a}\nspec:\n"
        + "  source: {connector: {type: builtin, name: csv}, config: {n: \(written)}}\n"
        + "  destination: {connector: {type: builtin, name: sqlite}}\n")
    guard case .replication(let work)? = compilation.pipelines.first?.spec.work else {
      Issue.record("\(compilation.diagnostics.map(\.place))")
      return
    }
    #expect(work.source.config == [ConfigEntry("n", .number(expected))])
  }

  @Test func `the layout of the text does not matter`() throws {
    let flow = try #require(
      compile(pipeline("schedule: {cron: \"0 6 * * *\", missed: {runAll: 5}}", "paused: {by: a, reason: b}")).pipelines
        .first)
    let block = compile(
      """
      # a comment
      kind: "Pipeline"
      metadata:
        name: 'orders'
      spec:
        paused:
          reason: >-
            b
          by: a
        destination: &d
          config:
            "path": out.db
          connector:
            name: sqlite
            type: builtin

        schedule:
          missed:
            runAll: 0x5
          cron: 0 6 * * *
        source: {config: {path: in}, connector: {name: csv, type: builtin}}
      apiVersion: pipectl.dev/v1
      """)
    #expect(block.diagnostics.map(\.place) == [])
    #expect(block.pipelines == [flow])
  }

  @Test func `a broken document stops only what needs it`() {
    let compilation = compile(pipeline("mode: full", name: "broken") + "---\n" + pipeline(name: "sound"))
    #expect(compilation.codes == ["PC0109"])
    #expect(compilation.pipelines.map(\.name.text) == ["sound"])
  }

  @Test func `two pipelines with one name are neither compiled`() {
    let files = [("a.yaml", pipeline()), ("b.yaml", pipeline("mode: snapshot"))]
    let compilation = compile(files: files)
    #expect(compilation.codes == ["PC0207"])
    #expect(compilation.diagnostics.first?.primary?.file == "b.yaml")
    #expect(compilation.diagnostics.first?.secondary.map(\.range.file) == ["a.yaml"])
    #expect(compilation.pipelines == [])
    #expect(compile(files: files.reversed()).diagnostics == compilation.diagnostics)
  }

  @Test func `the same name may belong to a source and a destination`() {
    let end =
      "apiVersion: pipectl.dev/v1\nkind: Source\nmetadata: {name: x}\nspec: {connector: {type: singer, executable: a}}\n---\n"
    let text =
      end + end.replacing("Source", with: "Destination")
      + "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: x}\nspec: {source: x, destination: x}\n"
    let compilation = compile(text)
    #expect(compilation.diagnostics.map(\.place) == [])
    #expect(compilation.pipelines.count == 1)
  }

  @Test func `names that are not found are not reported where documents are missing`() {
    var options = CompileOptions.forTests
    options.isPartial = true
    let text = "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: x}\nspec: {source: x, destination: x}\n"
    #expect(compile(text, options: options).diagnostics == [])
    #expect(compile(text, options: options).pipelines == [])
    #expect(compile(text).codes == ["PC0301", "PC0301"])
  }

  @Test func `an engine called local may have a manifest`() throws {
    let text =
      pipeline()
      + "---\napiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: local}\nspec: {type: local, maxConcurrentRuns: 2}\n"
    #expect(compile(text).pipelines.first?.spec.engine == EngineSpec(name: .local, type: "local", maxConcurrentRuns: 2))
  }
}
