import Foundation
import GRDB
import Testing

/// Pipelines whose job is one program, with the real program from the manifest to the end of the run.
struct CommandPipelineTests {
  private func sandbox(_ script: String, _ more: String = "", capabilities: String = "{}") throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write("#!/usr/bin/env python3\nimport os, signal, sys, time\n" + script, to: "job", mode: 0o755)
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: model}
      spec:
        command: {argv: [\(sandbox.path)/job], capabilities: \(capabilities)}
      \(more)
      """, to: "pipelines/model.yaml")
    return sandbox
  }

  private static let waiting = """
    def end(number, frame):
        print("ending", flush=True)
        sys.exit(0)
    signal.signal(signal.SIGINT, end)
    print("begun", flush=True)
    open("begun", "w").close()
    while os.path.isdir("pipelines"): time.sleep(0.02)
    """

  @Test func `the example moves its rows, and applying it again does nothing`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let sandbox = try Sandbox()
    for file in ["command/load.py", "command/pipeline.yaml", "csv-to-sqlite/orders.csv"] {
      try sandbox.write(try String(contentsOfFile: "\(root)/examples/\(file)", encoding: .utf8), to: "examples/\(file)")
    }
    let first = try sandbox.pipectl("apply", "-f", "examples/command")
    #expect(first.exitCode == 0, "\(first)")
    #expect(try orders(sandbox) == 600)
    let again = try sandbox.pipectl("apply", "-f", "examples/command")
    #expect(again.exitCode == 0 && again.output.contains("Nothing to do"), "\(again)")
    let plan = try sandbox.pipectl("plan", "-f", "examples/command", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan)")
    #expect(try sandbox.pipectl("logs", "orders-script", "--stdout").output.hasSuffix("Z 600 orders written\n"))
    #expect(try sandbox.pipectl("start", "orders-script").exitCode == 0)
    #expect(try sandbox.pipectl("logs", "orders-script", "--stdout").output.contains("Z 0 orders written, all after "))
    let refused = try sandbox.pipectl("start", "orders-script", "--mode", "snapshot")
    #expect(refused.exitCode == 1 && refused.errors.contains("does not declare the mode `snapshot`"), "\(refused)")
    let withoutConsent = try sandbox.pipectl("start", "orders-script", "--drop-destination-first")
    #expect(withoutConsent.exitCode == 1 && withoutConsent.errors.contains("--allow rewrite"), "\(withoutConsent)")
    let dropped = try sandbox.pipectl(
      "start", "orders-script", "--drop-destination-first", "--mode", "historical", "--yes", "--allow", "rewrite")
    #expect(dropped.exitCode == 0, "\(dropped)")
    #expect(
      try sandbox.pipectl("logs", "orders-script", "--stdout").output.contains("Z the table was emptied first\n"))
    #expect(try orders(sandbox) == 600)
  }

  private func orders(_ sandbox: Sandbox) throws -> Int {
    try DatabaseQueue(path: sandbox.path + "/examples/command/warehouse.sqlite").read { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM orders") ?? 0
    }
  }

  @Test func `a command is cancelled by stop, and says what stays`() throws {
    let sandbox = try sandbox(Self.waiting)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "model", "--no-wait").exitCode == 0)
    try eventually("the program has begun") { sandbox.exists("begun") }
    #expect(try sandbox.pipectl("get", "-o", "json").text("items", 0, "status", "phase") == "run")
    let stop = try sandbox.pipectl("stop", "model", "--yes")
    #expect(stop.exitCode == 0, "\(stop)")
    #expect(stop.output.contains("What the command had done by then stays as it is."), "\(stop)")
    let run = try sandbox.pipectl("get", "runs", "model", "-o", "json")
    #expect(try run.text("items", 0, "status", "outcome") == "cancelled")
    #expect(try run.text("items", 0, "status", "commandExit") == "signal 15")
  }

  @Test func `a continuous command is completed by complete, where it declares that`() throws {
    let sandbox = try sandbox(
      Self.waiting, "  mode: continuous", capabilities: "{modes: [continuous], complete: true}")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let start = try sandbox.pipectl("start", "model", "--no-wait")
    #expect(start.exitCode == 0, "\(start)")
    try eventually("the program has begun") { sandbox.exists("begun") }
    let complete = try sandbox.pipectl("complete", "model")
    #expect(complete.exitCode == 0 && complete.output.contains("model.1 completed"), "\(complete)")
    #expect(try sandbox.pipectl("logs", "model.1", "--stdout").output.hasSuffix("Z ending\n"))
  }

  @Test func `a command that does not declare that it can be completed is not, and goes on`() throws {
    let sandbox = try sandbox(Self.waiting, "  mode: continuous", capabilities: "{modes: [continuous]}")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "model", "--no-wait").exitCode == 0)
    try eventually("the program has begun") { sandbox.exists("begun") }
    let complete = try sandbox.pipectl("complete", "model")
    #expect(complete.exitCode == 1 && complete.errors.contains("does not declare `complete`"), "\(complete)")
    #expect(try sandbox.pipectl("stop", "model", "--yes").exitCode == 0)
  }

  @Test func `a secret of a command is nowhere but in its environment`() throws {
    let canary = "CANARY-4d1e77b0aa"
    let sandbox = try sandbox(
      """
      assert os.environ["KEY"].startswith("CANARY")
      print("connecting with", os.environ["KEY"], flush=True)
      sys.exit("refused: " + os.environ["KEY"])
      """, "  job: {request: first, action: start}")
    let manifest = try sandbox.read("pipelines/model.yaml").replacingOccurrences(
      of: "capabilities: {}", with: "env: {KEY: {fromEnv: CANARY}}")
    try sandbox.write(manifest, to: "pipelines/model.yaml")
    for arguments in [
      ["validate", "-f", "pipelines", "--show-origin"], ["plan", "-f", "pipelines", "-v", "--out", "saved.plan"],
      ["apply", "-f", "pipelines", "-o", "json"], ["start", "model"], ["describe", "pipeline", "model"],
      ["describe", "run", "model.1", "-o", "json"], ["logs", "model"], ["why", "model"], ["diff", "-f", "pipelines"],
    ] {
      _ = try sandbox.start(arguments, environment: ["CANARY": canary]).end()
    }
    let run = try sandbox.pipectl("describe", "run", "model.1")
    #expect(run.output.contains("refused: ***"), "\(run)")
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    let leaks = files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data(canary.utf8)) != nil
    }
    #expect(leaks == [])
  }

  @Test func `a pipeline with a command is deleted, and another takes its place`() throws {
    let sandbox = try sandbox("print('done')\n", "  job: {request: first, action: start}")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let pause = try sandbox.pipectl("pause", "model", "--reason", "a test")
    #expect(pause.exitCode == 0, "\(pause)")
    #expect(try sandbox.pipectl("start", "model").exitCode == 0, "a start by hand works while paused")
    let delete = try sandbox.pipectl("delete", "model", "--yes", "--allow", "delete")
    #expect(delete.exitCode == 0, "\(delete)")
    let again = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(again.exitCode == 0, "\(again)")
    #expect(try sandbox.pipectl("get", "runs", "model", "-o", "json").text("items", 0, "metadata", "name") == "model.2")
  }
}
