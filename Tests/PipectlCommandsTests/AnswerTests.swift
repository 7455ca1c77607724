import ArgumentParser
import Testing

@testable import PipectlCommands

/// Every command that reads answers programs: one document with `apiVersion` and `kind`, as JSON and as YAML, however it ends.
struct AnswerTests {
  /// Arguments with which each command has something to say, and the kind of its answer. A command that is missing here fails the test.
  private static let kinds: [String: (arguments: [String], kind: String)] = [
    "validate": (["-f", "pipelines"], "DiagnosticList"),
    "plan": (["-f", "pipelines"], "Plan"),
    "diff": (["-f", "pipelines"], "Diff"),
    "apply": (["-f", "pipelines"], "Result"),
    "start": (["rows", "--request", "again"], "Result"),
    "stop": (["rows"], "Result"),
    "complete": (["rows"], "Result"),
    "pause": (["rows"], "Result"),
    "resume": (["rows"], "Result"),
    "wait": (["rows"], "Result"),
    "delete": (["rows"], "Result"),
    // The embedded engine has nothing to import; what an import answers is tested where there is a service.
    "import": (["local", "--all", "--out", "imported"], "Result"),
    "gc": ([], "Cleanup"),
    "get": ([], "List"),
    "describe": (["rows"], "Pipeline"),
    "logs": (["rows"], "Log"),
    "history": (["rows"], "History"),
    "commits": ([], "List"),
    "why": (["rows"], "Explanation"),
    "state show": (["rows"], "State"),
    "state history": (["rows"], "List"),
    "schedule next": (["rows"], "SlotList"),
    "connectors list": ([], "List"),
    "connectors install": (["-f", "pipelines"], "ConnectorInstalling"),
    "connectors prune": ([], "ConnectorPruning"),
    "explain": (["pipeline.spec.schedule"], "FieldExplanation"),
    "doctor": ([], "Checkup"),
    "version": ([], "Version"),
  ]

  /// What these print is a document of its own kind, or what they do is told in a sentence.
  private static let others: Set = [
    "schema", "completion", "state set", "state rollback", "state backup", "state restore", "serve",
  ]

  /// The commands of the tree that do something, by their words; hidden ones are not for people.
  private static func leaves(
    _ command: any ParsableCommand.Type = Pipectl.self, _ words: [String] = []
  ) -> [String: any ParsableCommand.Type] {
    let below = command.configuration.subcommands
    if !command.configuration.shouldDisplay { return [:] }
    if below.isEmpty { return [words.joined(separator: " "): command] }
    return below.reduce(into: [:]) { found, child in
      let name = child.configuration.commandName ?? "\(child)"
      found.merge(leaves(child, words + [name])) { first, _ in first }
    }
  }

  @Test func `every command is one that answers, or one that is known not to`() {
    let leaves = Self.leaves()
    #expect(Set(leaves.keys) == Set(Self.kinds.keys).union(Self.others))
    for (name, command) in leaves {
      #expect((command is any AnsweringCommand.Type) == !Self.others.contains(name), "\(name)")
    }
  }

  /// One folder for all: a pipeline that has run, with a state and a schedule.
  private func folder() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(
      request: "first",
      extra: "  schedule: {cron: '0 6 * * *'}\n  streams: [{name: rows, replication: incremental, key: updated_at}]\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    return sandbox
  }

  @Test(arguments: kinds.keys.sorted())
  func `each answers with its kind`(name: String) throws {
    let sandbox = try folder()
    let (arguments, kind) = try #require(Self.kinds[name])
    let command = name.split(separator: " ").map(String.init) + arguments
    let json = try sandbox.start(command + ["-o", "json"]).end()
    #expect(try json.text("apiVersion") == "pipectl.dev/v1", "\(json)")
    #expect(try json.text("kind") == kind, "\(json)")
    let yaml = try sandbox.start(command + ["-o", "yaml"]).end()
    #expect(yaml.output.hasPrefix("apiVersion: pipectl.dev/v1\n"), "\(yaml)")
    #expect(yaml.output.contains("\nkind: \(kind)\n"), "\(yaml)")
  }

  private static let aboutNothing: [[String]] = [
    ["describe", "nobody"], ["logs", "nobody"], ["history", "nobody"], ["why", "nobody"], ["state", "show", "nobody"],
    ["state", "history", "nobody"], ["schedule", "next", "nobody"], ["explain", "nothing"], ["get", "nobody"],
    ["get", "runs", "nobody.1"], ["wait", "nobody"], ["pause", "nobody"], ["resume", "nobody"], ["delete", "nobody"],
    ["stop", "nobody"], ["stop", "--run", "nobody.1"],
  ]

  @Test(arguments: aboutNothing)
  func `a question about nothing is answered with a refusal`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.start(arguments + ["-o", "json"]).end()
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(try outcome.text("kind") == "Result", "\(outcome)")
    #expect(try outcome.text("outcome") == "Failed")
    #expect(try outcome.number("exitCode") == 1)
    #expect(outcome.errors.contains(try #require(try outcome.text("verdict"))), "people are told too")
  }

  @Test func `what belongs elsewhere is told in a diff, which is then an error`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    try sandbox.writeCSVPipeline(file: "other/rows.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let outcome = try sandbox.pipectl("diff", "-f", "other", "-o", "json")
    #expect(outcome.exitCode == 2)
    #expect(try outcome.text("kind") == "Diff")
    #expect(try outcome.text("refusals", 0)?.contains("belongs to") == true, "\(outcome)")
  }

  @Test func `a run by its id is an object, and what was said of it a document`() throws {
    let sandbox = try folder()
    #expect(try sandbox.pipectl("get", "runs", "rows.1", "-o", "json").text("kind") == "Run")
    #expect(try sandbox.pipectl("get", "runs", "rows", "-o", "json").text("kind") == "List")
    #expect(try sandbox.pipectl("logs", "rows", "-f", "-o", "json").exitCode == 64)
    let stop = try sandbox.pipectl("stop", "--run", "rows.1", "-o", "json")
    #expect(stop.exitCode == 0)
    #expect(try stop.text("outcome") == "Done", "\(stop)")
  }
}
