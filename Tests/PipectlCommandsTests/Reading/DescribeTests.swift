import Foundation
import Testing

struct DescribeTests {
  @Test func `a run tells stages, counts, exits, who asked and why, and the states around it`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeIncrementalPipeline(rows: 10)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows", "--reason", "look closer").exitCode == 0)
    let first = try sandbox.pipectl("describe", "run", "rows.1", "-o", "json")
    #expect(try first.text("spec", "trigger", "by") == "manifest")
    #expect(try first.list("status", "stages").count == 3)
    #expect(try first.number("status", "records") == 10)
    #expect(try first.text("status", "tapExit") == "exit 0")
    #expect(try first.text("status", "targetExit") == "exit 0")
    #expect(try first.text("status", "stateBefore", "version") == nil)
    let after = try #require(try first.text("status", "stateAfter", "version"))
    let second = try sandbox.pipectl("describe", "run", "rows.2", "-o", "json")
    #expect(try second.text("status", "stateBefore", "version") == after)
    #expect(try second.text("spec", "reason") == "look closer")
    #expect(try second.text("spec", "trigger", "by") == NSUserName())
    let text = try sandbox.pipectl("describe", "run", "rows.1").output
    for part in ["Run rows.1  succeeded", "extract", "tap exit 0, target exit 0", "State before  none", "State after"] {
      #expect(text.contains(part), "\(part) is missing in \(text)")
    }
  }

  @Test func `a failed run shows why, with the culprit's last words`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    try sandbox.remove("rows.csv")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 1)
    let run = try sandbox.pipectl("describe", "run", "rows.1", "-o", "json")
    #expect(try run.text("status", "outcome") == "failed")
    #expect(try run.text("status", "reason") == "discovery-failed")
    #expect(try !run.list("status", "lastLines").isEmpty)
    let pipeline = try sandbox.pipectl("describe", "rows")
    #expect(pipeline.exitCode == 0, "describing a failure is no failure")
    #expect(pipeline.output.contains("ready: False"))
    #expect(pipeline.output.contains("discovery-failed"))
  }

  @Test func `every request shows its result`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("stop", "rows").exitCode == 0)
    #expect(try sandbox.pipectl("complete", "rows").exitCode == 1)
    let view = try sandbox.pipectl("describe", "rows", "-o", "json")
    #expect(try (0..<3).map { try view.text("status", "requests", $0, "state") } == ["refused", "done", "done"])
    #expect(try view.text("status", "requests", 2, "run") == "rows.1")
    let why = try sandbox.pipectl("why", "rows", "-o", "json")
    #expect(try why.text("requests", 0, "message") == "refused: no run is active")
  }

  @Test func `yaml is the same value as json`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let yaml = try sandbox.pipectl("describe", "rows", "-o", "yaml").output
    #expect(yaml.hasPrefix("apiVersion: pipectl.dev/v1\nkind: Pipeline\n"))
    #expect(yaml.contains("\n  name: rows\n"))
  }
}
