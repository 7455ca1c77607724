import Foundation
import Testing

struct GetTests {
  @Test func `pipelines are listed in the published shape`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let answer = try sandbox.pipectl("get", "-o", "json")
    #expect(answer.exitCode == 0)
    #expect(answer.errors.isEmpty, "data on standard output, and nothing to say beside it")
    #expect(try answer.text("apiVersion") == "pipectl.dev/v1")
    #expect(try answer.text("kind") == "List")
    #expect(try answer.text("items", 0, "kind") == "Pipeline")
    #expect(try answer.text("items", 0, "metadata", "name") == "rows")
    #expect(try answer.number("items", 0, "status", "generation") == 1)
    #expect(try answer.text("items", 0, "status", "lastRun", "id") == "rows.1")
    #expect(try answer.text("items", 0, "status", "lastRun", "outcome") == "succeeded")
    #expect(try answer.text("items", 0, "status", "conditions", 0, "type") == "Ready")
    #expect(try answer.text("items", 0, "status", "conditions", 0, "status") == "True")
    #expect(try answer.text("items", 0, "status", "activeRun") == nil)
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/rows\n")
    #expect(try sandbox.pipectl("get", "runs", "-o", "name").output == "run/rows.1\n")
    #expect(try sandbox.pipectl("get", "rows", "-o", "json").text("kind") == "Pipeline")
  }

  @Test(arguments: [["describe", "pipeline"], ["why"], ["logs"], ["get"], ["pause"], ["start"], ["delete"]])
  func `what -o name prints is a name`(words: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let consent = words == ["delete"] ? ["--yes", "--allow", "delete"] : []
    let outcome = try sandbox.start(words + ["pipeline/rows"] + consent).end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(!"\(outcome)".contains("pipeline/rows"), "it is called by its name: \(outcome)")
  }

  @Test func `an active run is told as it is now, with no controller alive, and reading records nothing`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTalkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    try eventually("the run extracts") {
      try sandbox.pipectl("get", "-o", "json").text("items", 0, "status", "phase") == "extract"
    }
    #expect(try sandbox.pipectl("get", "-o", "json").text("items", 0, "status", "activeRun") == "talk.1")
    let before = try sandbox.pipectl("history", "talk", "-o", "json").list("operations").count
    try sandbox.write("", to: "gate")
    try eventually("the run has ended") {
      try sandbox.pipectl("get", "-o", "json").text("items", 0, "status", "lastRun", "outcome") == "succeeded"
    }
    #expect(
      try sandbox.pipectl("describe", "run", "talk.1", "-o", "json").text("status", "stateAfter", "version")
        == "talk.1/1")
    #expect(try sandbox.pipectl("history", "talk", "-o", "json").list("operations").count == before)
  }

  @Test func `labels select`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline("a", metadata: ", labels: {team: growth}")
    try sandbox.writeCSVPipeline("b", metadata: ", labels: {team: sales}")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("get", "-l", "team=growth", "-o", "name").output == "pipeline/a\n")
    #expect(try sandbox.pipectl("get", "-l", "team!=growth", "-o", "name").output == "pipeline/b\n")
    #expect(try sandbox.pipectl("get", "-l", "=", "-o", "name").exitCode == 64)
  }

  @Test func `a pipeline that is named is shown alone`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline("a", request: "first")
    try sandbox.writeCSVPipeline("b", request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("get", "b", "-o", "name").output == "pipeline/b\n")
    #expect(try sandbox.pipectl("get", "b", "-o", "json").text("metadata", "name") == "b")
    #expect(try sandbox.pipectl("get", "runs", "b", "-o", "name").output == "run/b.1\n")
  }

  @Test(arguments: [
    ["get"], ["get", "-o", "json"], ["doctor"], ["version"], ["why", "rows"], ["describe", "rows"], ["logs", "rows"],
    ["history", "rows"], ["state", "show", "rows"], ["state", "set", "rows", "--empty"], ["state", "rollback", "rows"],
    ["state", "backup", "b"], ["state", "restore", "none"], ["schedule", "next", "rows"],
  ])
  func `nothing is made where there is no state folder`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    _ = try sandbox.start(arguments).end()
    #expect(!sandbox.exists(".pipectl"))
  }

  @Test(arguments: [
    (["get", "rwos"], "did you mean `rows`?"), (["get", "runs", "rows.7"], "there is no run rows.7"),
    (["describe", "run", "rows"], "`rows` is no run"), (["describe", "rows.7"], "there is no run rows.7"),
    (["why", "other"], "recorded here: `rows`"), (["logs", "rows"], "rows has never run"),
    (["schedule", "next", "rows"], "rows has no schedule"),
  ])
  func `a mistaken name is told with what there is`(arguments: [String], message: String) throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let answer = try sandbox.start(arguments).end()
    #expect(answer.exitCode == 1)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(message), "\(answer)")
  }

  @Test(arguments: [
    ["get", "runs", "a", "b"], ["get", "-o", "xml"], ["describe", "run", "a.1", "b.1"], ["logs"],
  ])
  func `wrong usage is 64`(arguments: [String]) throws {
    #expect(try Sandbox().start(arguments).end().exitCode == 64)
  }
}
