import PipelineModel
import Testing

@Suite struct CommandFieldsTests {
  private func pipeline(
    _ argv: [String], _ environment: [ConfigEntry] = [], folder: String? = nil,
    declares capabilities: CommandCapabilities = CommandCapabilities()
  ) -> DesiredPipeline {
    let job = CommandJob(
      argv: argv, environment: environment, workingDirectory: folder, capabilities: capabilities)
    return DesiredPipeline(name: PipelineName("a"), spec: PipelineSpec(work: .command(job)), sourceSet: .standardInput)
  }

  @Test func `arguments, variables and folder differ field by field`() {
    let old = pipeline(["dbt", "build"], [ConfigEntry("TARGET", .string("dev"))])
    let new = pipeline(
      ["dbt", "build", "--select", "a b"],
      [ConfigEntry("KEY", .secret(.environment("DBT_KEY"))), ConfigEntry("TARGET", .string("prod"))], folder: "/srv/dbt"
    )
    #expect(
      fieldChanges(from: old, to: new) == [
        FieldChange(path: "spec.command.argv", before: "[dbt, build]", after: "[dbt, build, --select, a b]"),
        FieldChange(path: "spec.command.env.KEY", before: nil, after: "{fromEnv: DBT_KEY}"),
        FieldChange(path: "spec.command.env.TARGET", before: "dev", after: "prod"),
        FieldChange(path: "spec.command.workingDirectory", before: nil, after: "/srv/dbt"),
      ])
  }

  @Test func `a new command shows what it runs, and what it declares only beyond the default`() {
    let plain = declaredFields(of: pipeline(["dbt", "build"], [ConfigEntry("A", .string("b"))], folder: "/srv"))
    #expect(plain.map(\.path) == ["spec.command.argv", "spec.command.env.A", "spec.command.workingDirectory"])
    let more = declaredFields(of: pipeline(["dbt"], declares: CommandCapabilities(modes: [.incremental, .historical])))
    #expect(more.map(\.path) == ["spec.command.argv", "spec.command.capabilities.modes"])
  }

  @Test(arguments: [
    (["psql", "postgres://shop:hunter2@db/shop"], 1), (["load", "--password", "hunter2"], 2),
    (["load", "--api-token=hunter2"], 1), (["load", "host=db password=hunter2"], 1),
  ])
  func `an argument that looks like a secret is hidden, and a change of it is seen`(argv: [String], place: Int) {
    let text = fields(of: pipeline(argv)).first { $0.path == "spec.command.argv" }?.text ?? ""
    #expect(text.contains("(literal, hidden)") && !text.contains("hunter2"))
    let other = argv.map { $0.replacing("hunter2", with: "hunter3") }
    let changes = fieldChanges(from: pipeline(argv), to: pipeline(other))
    #expect(changes.map(\.path) == ["spec.command.argv"])
    #expect(changes.first?.before != changes.first?.after)
    #expect(CommandJob(argv: argv).shownArguments[place] == "(literal, hidden)")
  }

  @Test func `an ordinary argument is shown`() {
    let argv = ["sling", "run", "-r", "/etc/sling/orders.yaml", "--debug", "https://db.internal/x@y"]
    #expect(CommandJob(argv: argv).shownArguments == argv)
  }
}
