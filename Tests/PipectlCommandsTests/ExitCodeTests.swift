import Testing

@testable import PipectlCommands

/// The printed verdict and the exit code come from one value; these are all the codes there are.
struct ExitCodeTests {
  private static let verdicts: [(Verdict, Int32)] = [
    (.done("well"), 0), (.failed("badly"), 1), (.changesPending(nil, detailed: false), 0),
    (.changesPending(nil, detailed: true), 2), (.differs, 1), (.diffFailed("why"), 2), (.usage, 64),
    (.interrupted(nil, signal: 2), 130), (.interrupted(nil, signal: 15), 143),
  ]

  @Test(arguments: verdicts)
  func `every verdict has its exit code`(verdict: Verdict, code: Int32) {
    #expect(verdict.exitCode == code)
  }

  private static let commandLines: [(String, Int32)] = [
    ("--help", 0), ("--version", 0), ("fly", 64), ("plan", 64), ("plan -f", 64), ("plan -f rows.yaml", 0),
    ("plan -f rows.yaml --detailed-exitcode", 2), ("plan -f broken.yaml --detailed-exitcode", 1),
    ("plan -f missing.yaml", 1), ("validate -f rows.yaml", 0), ("validate -f broken.yaml", 1), ("diff -f rows.yaml", 1),
    ("diff -f broken.yaml", 2), ("apply", 64), ("apply -f broken.yaml", 1), ("apply missing.plan", 1),
    ("apply -f rows.yaml --dry-run", 0), ("apply -f rows.yaml --allow everything", 64),
    ("apply -f rows.yaml --prune --prune-limit -1", 64), ("apply -f rows.yaml saved.plan", 64), ("start nobody", 1),
    ("start rows --mode sideways", 64), ("stop nobody", 1), ("stop", 64), ("wait nobody", 1), ("delete nobody", 1),
    ("pause rows --remove --until 2h", 64), ("pause nobody", 1), ("complete nobody", 1),
  ]

  @Test(arguments: commandLines)
  func `law 14: a command line ends with its exit code`(line: String, code: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(file: "rows.yaml")
    try sandbox.write("apiVersion: pipectl.dev/v1\nkind: Pipelin\n", to: "broken.yaml")
    let outcome = try sandbox.start(line.split(separator: " ").map(String.init)).end()
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(!sandbox.exists(".pipectl/store.sqlite"), "nothing may be left by a command that only reads or fails")
  }

  @Test func `a plan without changes is 0 also with a detailed exit code`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("plan", "-f", "pipelines", "--detailed-exitcode").exitCode == 0)
    #expect(try sandbox.pipectl("diff", "-f", "pipelines").exitCode == 0)
  }

  @Test func `a failed run makes apply fail, and says where to look`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    try sandbox.remove("rows.csv")
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(outcome.errors.contains("rows.1 failed"), "\(outcome)")
    #expect(outcome.errors.contains("pipectl logs rows.1"), "\(outcome)")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0, "the request is consumed")
  }

  @Test func `the exit code of a JSON answer is the program's`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    try sandbox.remove("rows.csv")
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines", "-o", "json")
    let answer = try outcome.json()
    #expect(answer["exitCode"] as? Int == Int(outcome.exitCode))
    let verdict = try #require(answer["verdict"] as? String)
    #expect(outcome.errors.contains(verdict))
  }

  @Test func `a reader that goes away ends the program quietly`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let shell = try Running(
      program: "/bin/bash", ["-c", "pipectl plan -f pipelines -o json | true; echo ${PIPESTATUS[0]}"], in: sandbox,
      environment: [:], input: ""
    ).end()
    #expect(["0\n", "141\n"].contains(shell.output), "\(shell)")
    #expect(shell.errors.isEmpty, "\(shell)")
  }
}
