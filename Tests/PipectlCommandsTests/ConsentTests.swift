import Testing

/// Cancelling, rewriting and deleting happen only with consent; a refusal changes nothing and names the flags.
struct ConsentTests {
  /// A run that goes on until it is told to end.
  private func running() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait")
    #expect(outcome.exitCode == 0, "\(outcome)")
    return sandbox
  }

  private func end(_ sandbox: Sandbox) throws {
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--timeout", "180s").exitCode == 0)
  }

  @Test func `a stop without consent is refused and the run goes on`() throws {
    let sandbox = try running()
    let before = try sandbox.storeContents()
    let outcome = try sandbox.pipectl("stop", "slow")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("add --yes"), "\(outcome)")
    #expect(outcome.errors.contains("cancel slow"), "\(outcome)")
    #expect(try sandbox.storeContents() == before)
    try end(sandbox)
    #expect(try sandbox.rows("slow") == 10)
  }

  @Test func `with consent the run is cancelled, and what was loaded stays`() throws {
    let sandbox = try running()
    try eventually("the first rows were sent") { sandbox.exists("gate-reached") }
    let outcome = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 is over: cancelled"), "\(outcome)")
    #expect(try sandbox.rows("slow") == 5)
    #expect(outcome.output.contains("What was loaded stays"), "\(outcome)")
    let again = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(again.exitCode == 0)
    #expect(again.errors.contains("Nothing was running"), "\(again)")
  }

  @Test func `replacing a run needs the consent to cancel it`() throws {
    let sandbox = try running()
    let refused = try sandbox.pipectl("start", "slow", "--if-running", "replace")
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("--yes"), "\(refused)")
    let replaced = try sandbox.pipectl("start", "slow", "--if-running", "replace", "--yes", "--no-wait")
    #expect(replaced.exitCode == 0, "\(replaced)")
    try end(sandbox)
    #expect(try sandbox.rows("slow") == 10)
  }

  @Test func `a start beside a running one is refused and says how else`() throws {
    let sandbox = try running()
    let outcome = try sandbox.pipectl("start", "slow")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("slow.1 is running"), "\(outcome)")
    try end(sandbox)
  }

  private static let tooLittle: [[String]] = [[], ["--yes"], ["--allow", "rewrite"], ["--yes", "--allow", "delete"]]

  @Test(arguments: tooLittle)
  func `rewriting a destination needs --yes and --allow rewrite`(flags: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let before = try sandbox.storeContents()
    let outcome = try sandbox.start(["start", "rows", "--drop-destination-first"] + flags).end()
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("--yes --allow rewrite"), "\(outcome)")
    #expect(try sandbox.storeContents() == before)
    #expect(try sandbox.rows("rows") == 10)
  }

  @Test func `a rewrite that was agreed to happens`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try sandbox.writeCSVPipeline(rows: 3, request: "first")
    let outcome = try sandbox.pipectl("start", "rows", "--drop-destination-first", "--yes", "--allow", "rewrite")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try sandbox.rows("rows") == 3)
  }

  @Test func `a manifest can consent to rewriting its own destination`() throws {
    let sandbox = try Sandbox()
    let extra = "  job: {request: again, action: start, dropDestinationFirst: true}\n"
    try sandbox.writeCSVPipeline(extra: extra)
    let refused = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("--allow rewrite"), "\(refused)")
    try sandbox.writeCSVPipeline(extra: extra + "  allow: [rewrite]\n")
    let agreed = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(agreed.exitCode == 0, "\(agreed)")
    #expect(try sandbox.rows("rows") == 10)
  }
}
