import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct EnvironmentTests {
  private func compile(_ config: String, environment: String, env: String? = "prod") -> Compilation {
    var options = CompileOptions.forTests
    options.environment = env
    return ManifestCompilerTests.compile(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source: {connector: {type: builtin, name: csv}, config: {value: \(config)}}
        destination: {connector: {type: builtin, name: sqlite}}
        schedule: {cron: "0 6 * * *", timeZone: Europe/Berlin}
        streams: [{name: a}, {name: b}]
        limits: {runTimeout: 1h, noProgress: 5m}
      ---
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec:
        \(environment)
      """, options: options)
  }

  private func value(of compilation: Compilation) -> ConfigValue? {
    guard case .replication(let work)? = compilation.pipelines.first?.spec.work else { return nil }
    return work.source.config.first { $0.key == "value" }?.value
  }

  private static let variables =
    "variables: {host: db, port: 5432, flag: false, ratio: 1.50, zip: \"0123\", token: {fromEnv: TOKEN}}"

  @Test(
    arguments: [
      ("\"${host}\"", .string("db")), ("\"${port}\"", .int(5432)), ("\"${flag}\"", .bool(false)),
      ("\"${ratio}\"", .number("1.50")), ("\"${zip}\"", .string("0123")),
      ("\"${token}\"", .secret(.environment("TOKEN"))),
      ("\"${host}:${port}\"", .string("db:5432")), ("\"a-${flag}-${ratio}\"", .string("a-false-1.50")),
      ("\"$${host} costs $5, $$$\"", .string("${host} costs $5, $$")), ("\"$$${host}\"", .string("$db")),
      ("[\"${host}\", {b: \"${port}\"}]", .array([.string("db"), .object([ConfigEntry("b", .int(5432))])])),
    ] as [(String, ConfigValue)])
  func `a variable is put in its place`(text: String, expected: ConfigValue) {
    let compilation = compile(text, environment: Self.variables)
    #expect(compilation.diagnostics.filter { $0.code != .literalSecret }.map(\.place) == [])
    #expect(value(of: compilation) == expected)
  }

  @Test func `a variable of the wrong type is reported where it is used, and where it is set`() throws {
    var options = CompileOptions.forTests
    options.environment = "prod"
    let text =
      pipeline("retry: {attempts: \"${tries}\"}")
      + "---\napiVersion: pipectl.dev/v1\nkind: Environment\nmetadata: {name: prod}\nspec: {variables: {tries: many}}\n"
    let diagnostic = try #require(ManifestCompilerTests.compile(text, options: options).diagnostics.first)
    #expect(diagnostic.code == .wrongType)
    #expect(diagnostic.primary?.start.line == 7)
    #expect(diagnostic.secondary.map(\.range.start.line) == [12])
  }

  @Test func `without an environment a variable has no value, and its environments are still checked`() {
    let compilation = compile(
      "\"${host}\"", environment: "patches: [{target: {kind: Pipeline, name: x}, spec: {pausd: true}}]", env: nil)
    #expect(compilation.codes == ["PC0304", "PC0201"])
    #expect(compilation.pipelines == [])
  }

  @Test func `an unknown environment is one message`() {
    let compilation = compile("\"${host}\"", environment: Self.variables, env: "prd")
    #expect(compilation.codes == ["PC0303"])
    #expect(compilation.diagnostics.first?.help?.text == "did you mean `--env prod`?")
    #expect(compilation.pipelines == [])
  }

  @Test func `patches merge mappings, replace lists, and remove with null`() throws {
    let patch = """
      patches:
          - target: {kind: Pipeline, name: "ord*"}
            spec:
              schedule: {cron: null, timeZone: null, every: 2h}
              streams: [{name: c}]
              limits: {runTimeout: null, cancelGrace: 5s}
              source: {config: {value: {fromEnv: VALUE}}}
          - {target: {kind: Pipeline, name: orders}, spec: {paused: true, limits: {cancelGrace: 6s}}}
      """
    let compilation = compile("{fromFile: value}", environment: patch)
    #expect(compilation.diagnostics.map(\.place) == [])
    let spec = try #require(compilation.pipelines.first?.spec)
    guard case .slots(let schedule) = spec.schedule, case .replication(let work) = spec.work else {
      Issue.record("no slots")
      return
    }
    #expect(schedule.cadence == .every(TimeSpan(seconds: 7200), anchor: nil))
    #expect(work.streams == .only([StreamRule(name: "c")]))
    #expect(spec.limits == Limits(noProgress: TimeSpan(seconds: 300), cancelGrace: TimeSpan(seconds: 6)))
    #expect(spec.paused == .paused(PauseDetails()))
    #expect(value(of: compilation) == .secret(.environment("VALUE")))
  }

  @Test func `a patch cannot make up for a broken manifest`() {
    var options = CompileOptions.forTests
    options.environment = "prod"
    let text = """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec: {source: {connector: {type: builtin, name: csv}}, mode: full}
      ---
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec:
        patches:
          - target: {kind: Pipeline, name: orders}
            spec: {mode: snapshot, destination: {connector: {type: builtin, name: sqlite}}}
      """
    let compilation = ManifestCompilerTests.compile(text, options: options)
    #expect(compilation.codes == ["PC0202", "PC0109"])
    #expect(compilation.pipelines == [])
  }

  @Test func `a mistake in a patch is told once, however many manifests it changes`() {
    var options = CompileOptions.forTests
    options.environment = "prod"
    let text =
      pipeline(name: "a") + "---\n" + pipeline(name: "b")
        + """
        ---
        apiVersion: pipectl.dev/v1
        kind: Environment
        metadata: {name: prod}
        spec: {patches: [{target: {kind: Pipeline, name: "*"}, spec: {pausd: true, mode: full}}]}
        """
    let compilation = ManifestCompilerTests.compile(text, options: options)
    #expect(compilation.codes == ["PC0201", "PC0109"])
    #expect(compilation.pipelines == [])
  }

  @Test func `origins tell where each value comes from`() throws {
    let compilation = compile(
      "\"${host}\"",
      environment: "\(Self.variables)\n  patches: [{target: {kind: Pipeline, name: orders}, spec: {paused: true}}]")
    let origins = try #require(compilation.origins[PipelineName("orders")])
    func origin(_ path: String) -> String? { origins.entries.first { $0.path == path }?.origin.description }
    #expect(origin("schedule.cron") == "written")
    #expect(origin("schedule.missed") == "default")
    #expect(origin("limits.cancelGrace") == "default")
    #expect(origin("paused") == "patch of Environment prod")
    #expect(origin("source.config.value") == "host of Environment prod")
    #expect(origin("streams[1].name") == "written")
    #expect(origin("mode") == "default")
    #expect(origins.range(of: "schedule.cron")?.start.line == 7)
    #expect(origins.range(of: "schedule.dst.gap")?.start.line == 7)
    #expect(origins.range(of: "spec.schedule.cron") == origins.range(of: "schedule.cron"))
    #expect(origins.range(of: "spec.streams[a].key") == origins.range(of: "streams"))
    #expect(origins.range(of: "paused")?.start.line == 16)
    #expect(origins.range(of: "nothing.of.the.kind") == nil)
    #expect(origins.entries.map(\.path) == origins.entries.map(\.path).sorted())
  }

  @Test func `what is referred to keeps its own places`() throws {
    let text = """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: files}
      spec:
        connector: {type: builtin, name: csv}
        config: {path: in}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders, labels: {team: x}}
      spec:
        source: files
        destination: {connector: {type: builtin, name: sqlite}}
      """
    let origins = try #require(ManifestCompilerTests.compile(text).origins[PipelineName("orders")])
    func origin(_ path: String) -> String? {
      origins.entries.first { $0.path == path }.map { "\($0.origin.range.start.line): \($0.origin)" }
    }
    #expect(origin("source") == "12: written")
    #expect(origin("source.connector.name") == "5: Source files")
    #expect(origin("source.config.path") == "6: Source files")
    #expect(origin("source.connector.catalogArgument") == "5: Source files, default")
    #expect(origin("destination.connector.name") == "13: written")
    #expect(origin("labels.team") == "10: written")
    #expect(origin("protected") == "10: default")
    #expect(origins.range(of: "spec.source.config.missing")?.start.line == 6)
  }

  @Test(arguments: [
    ("*", "", true), ("a*", "abc", true), ("*c", "abc", true), ("a?c", "abc", true), ("a*b*c", "axxbyyc", true),
    ("abc", "abc", true), ("", "", true), ("a?c", "ac", false), ("a*d", "abc", false), ("ab", "abc", false),
    ("*a*a*a*b", "aaaaaaaaaaaa", false), ("?", "", false),
  ])
  func `a glob matches whole names`(glob: String, name: String, matches: Bool) {
    #expect(Glob(glob).matches(name) == matches)
  }
}
