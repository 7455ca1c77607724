import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct CommandTests {
  private func command(_ text: String, more: String = "") -> String {
    "apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {name: orders}\nspec:\n  command: {\(text)}\n\(more)"
  }

  @Test func `a command compiles to its arguments, its environment, its folder and what it declares`() throws {
    let text = command(
      "argv: [dbt, build, build, \"\"], env: {B: x, A: {fromFile: /run/a}}, workingDirectory: /srv, capabilities: {modes: [historical, incremental]}"
    )
    let spec = try #require(compile(text).pipelines.first?.spec)
    #expect(
      spec.work
        == .command(
          CommandJob(
            argv: ["dbt", "build", "build", ""],
            environment: [ConfigEntry("A", .secret(.file("/run/a"))), ConfigEntry("B", .string("x"))],
            workingDirectory: "/srv", capabilities: CommandCapabilities(modes: [.incremental, .historical]))))
  }

  @Test func `a command that declares nothing is incremental, and nothing else`() throws {
    let spec = try #require(compile(command("argv: [/usr/bin/true]")).pipelines.first?.spec)
    #expect(spec == PipelineSpec(work: .command(CommandJob(argv: ["/usr/bin/true"]))))
    #expect(spec.work.commandJob?.capabilities == CommandCapabilities(modes: [.incremental]))
  }

  @Test func `variables and patches of an environment work in arguments and variables`() throws {
    let environment = """
      ---
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec:
        variables: {target: prod, folder: /srv/prod, key: {fromEnv: PROD_KEY}}
        patches:
          - {target: {kind: Pipeline, name: "*"}, spec: {command: {env: {MORE: yes-please, LESS: null}}}}
      """
    var options = CompileOptions.forTests
    options.environment = "prod"
    let compilation = compile(
      command(
        "argv: [dbt, \"--target=${target}\", \"$$x\"], env: {KEY: \"${key}\", LESS: a}, workingDirectory: \"${folder}\"",
        more: environment), options: options)
    #expect(compilation.diagnostics.map(\.place) == [])
    let job = try #require(compilation.pipelines.first?.spec.work.commandJob)
    #expect(job.argv == ["dbt", "--target=prod", "$x"])
    #expect(job.workingDirectory == "/srv/prod")
    #expect(
      job.environment == [
        ConfigEntry("KEY", .secret(.environment("PROD_KEY"))), ConfigEntry("MORE", .string("yes-please")),
      ])
  }

  @Test func `a variable that holds a secret is no argument`() throws {
    let environment = """
      ---
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec: {variables: {key: {fromEnv: PROD_KEY}}}
      """
    var options = CompileOptions.forTests
    options.environment = "prod"
    let compilation = compile(command("argv: [dbt, \"${key}\"]", more: environment), options: options)
    #expect(compilation.codes == ["PC0121"])
    #expect(compilation.diagnostics.first?.secondary.contains { $0.range.start.line == 10 } == true)
  }

  @Test func `asking for more than a command declares points at the declaration too`() throws {
    let declaring = command("argv: [dbt], capabilities: {modes: [incremental]}", more: "  mode: snapshot\n")
    let undeclared = try #require(compile(declaring).diagnostics.first)
    #expect(undeclared.code == .undeclaredCapability)
    #expect(undeclared.secondary.map(\.range.start.line) == [5])
    #expect(undeclared.secondary.first?.range.start.column == 48)
    let silent = command("argv: [dbt]", more: "  job: {request: a, action: start, mode: historical}\n")
    let alone = try #require(compile(silent).diagnostics.first)
    #expect(alone.secondary.first?.range.start.column == 3, "where there is no declaration, the command is shown")
  }

  @Test func `a whole line as for a shell is told to be a list`() throws {
    let diagnostic = try #require(compile(command("argv: [\"dbt build -s a\"]")).diagnostics.first)
    #expect(diagnostic.code == .invalidExecutable)
    #expect(diagnostic.help?.text.contains("an item of its own, `[dbt, build, -s, a]`") == true)
  }

  @Test func `a working directory that is relative is told what to do`() throws {
    let diagnostic = try #require(compile(command("argv: [dbt], workingDirectory: shop")).diagnostics.first)
    #expect(diagnostic.headline == "`workingDirectory` is an absolute path")
    #expect(diagnostic.help?.text.contains("left out, it is the folder in which the run is ordered") == true)
  }
}
