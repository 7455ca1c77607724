import Testing

/// With `-o json`, whoever reads standard output gets one document, also where nothing was done.
struct RefusedAnswerTests {
  private static let compiling: [[String]] = [
    ["plan", "-f", "broken.yaml"], ["apply", "-f", "broken.yaml"], ["apply", "-f", "broken.yaml", "--dry-run"],
    ["diff", "-f", "broken.yaml"],
  ]

  @Test(arguments: compiling)
  func `mistakes in manifests are a list of diagnostics`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write("apiVersion: pipectl.dev/v1\nkind: Pipelin\n", to: "broken.yaml")
    let outcome = try sandbox.start(arguments + ["-o", "json"]).end()
    #expect(outcome.exitCode == (arguments[0] == "diff" ? 2 : 1))
    #expect(try outcome.text("kind") == "DiagnosticList")
    #expect(try outcome.text("items", 0, "code") == "PC0206", "\(outcome)")
    #expect(outcome.errors.contains("nothing was done"), "people are told too")
  }

  private func expectRefusal(_ outcome: Outcome, _ word: String) throws {
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(try outcome.text("kind") == "Result", "\(outcome)")
    #expect(try outcome.text("outcome") == word, "\(outcome)")
    #expect(try outcome.number("exitCode") == 1)
    let verdict = try #require(try outcome.text("verdict"))
    #expect(outcome.errors.contains(verdict))
  }

  private static let bare: [[String]] = [["plan"], ["apply"], ["apply", "--dry-run"]]

  @Test(arguments: bare)
  func `another environment is a result that says so`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try sandbox.write(
      "apiVersion: pipectl.dev/v1\nkind: Environment\nmetadata: {name: prod}\nspec: {variables: {a: b}}\n",
      to: "pipelines/prod.yaml")
    let outcome = try sandbox.start(arguments + ["-f", "pipelines", "--env", "prod", "-o", "json"]).end()
    try expectRefusal(outcome, "EnvironmentMismatch")
  }

  @Test func `a lack of consent is a result that says so`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(extra: "  job: {request: again, action: start, dropDestinationFirst: true}\n")
    try expectRefusal(try sandbox.pipectl("apply", "-f", "pipelines", "-o", "json"), "ConsentNeeded")
    #expect(try sandbox.count("runs") == 0)
  }

  @Test func `what belongs elsewhere is told in the document`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    try sandbox.writeCSVPipeline(file: "other/rows.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let apply = try sandbox.pipectl("apply", "-f", "other", "-o", "json")
    #expect(apply.exitCode == 1)
    #expect(try apply.text("verdict")?.contains("belongs to") == true, "\(apply)")
    for arguments in [["plan"], ["apply", "--dry-run"]] {
      let outcome = try sandbox.start(arguments + ["-f", "other", "-o", "json"]).end()
      #expect(outcome.exitCode == 1)
      #expect(try outcome.text("refusals", 0)?.contains("belongs to") == true, "\(outcome)")
    }
  }

  private static let ended: [[String]] = [["apply", "nowhere.plan"], ["start", "nobody"], ["complete", "nobody"]]

  @Test(arguments: ended)
  func `a command that came to nothing answers all the same`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    try expectRefusal(try sandbox.start(arguments + ["-o", "json"]).end(), "Failed")
  }
}
