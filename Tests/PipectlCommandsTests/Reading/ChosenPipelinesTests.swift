import Testing

/// Wherever a name is taken, several are, and labels in their place.
struct ChosenPipelinesTests {
  /// `a` and `b` have the label `team=growth` and have run; `c` has another and has not.
  private func applied() throws -> Sandbox {
    let sandbox = try Sandbox()
    for name in ["a", "b"] {
      try sandbox.writeCSVPipeline(
        name, request: "first",
        extra: "  streams: [{name: \(name), replication: incremental, key: updated_at}]\n"
          + (name == "a" ? "  schedule: {every: 1d}\n" : ""), metadata: ", labels: {team: growth}")
    }
    try sandbox.writeCSVPipeline("c", metadata: ", labels: {team: sales}")
    let apply = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(apply.exitCode == 0, "\(apply)")
    return sandbox
  }

  @Test func `logs of several runs say whose each line is`() throws {
    let sandbox = try Sandbox()
    for (name, team) in [("a", "growth"), ("b", "growth"), ("c", "sales")] {
      try sandbox.write(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: \(name), labels: {team: \(team)}}
        spec:
          command: {argv: [echo, hello]}
        \(team == "growth" ? "  job: {request: first, action: start}\n" : "")
        """, to: "pipelines/\(name).yaml")
    }
    let apply = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(apply.exitCode == 0, "\(apply)")
    for arguments in [["a", "b.1"], ["-l", "team=growth"], ["-f", "a", "b"]] {
      let logs = try sandbox.start(["logs", "--stdout"] + arguments).end()
      #expect(logs.exitCode == 0, "\(logs)")
      let lines = logs.output.split(separator: "\n").map(String.init)
      #expect(lines.map { String($0.prefix(6)) } == ["a.1 | ", "b.1 | "], "\(logs)")
      #expect(lines.allSatisfy { $0.hasSuffix("hello") }, "\(logs)")
    }
    #expect(try sandbox.pipectl("logs", "a", "b", "-o", "json").list("items").count == 2)
    let none = try sandbox.pipectl("logs", "-l", "team=sales")
    #expect(none.exitCode == 1)
    #expect(none.errors.contains("no pipeline that matches has run yet"), "\(none)")
    #expect(try sandbox.pipectl("logs").exitCode == 64)
  }

  @Test func `states are shown, emptied and rolled back together, or not at all`() throws {
    let sandbox = try applied()
    let shown = try sandbox.pipectl("state", "show", "-l", "team in (growth,sales)", "-o", "json")
    #expect(try shown.list("items").count == 3, "\(shown)")
    #expect(shown.errors.contains("c has no state yet"), "\(shown)")
    #expect(try sandbox.pipectl("state", "history", "a", "b", "-o", "json").list("items").count == 2)
    let emptied = try sandbox.pipectl("state", "set", "-l", "team=growth", "--empty", "--reason", "anew")
    #expect(emptied.exitCode == 0 && emptied.errors.contains("The state of b is set: none"), "\(emptied)")
    let refused = try sandbox.pipectl("state", "rollback", "a", "c")
    #expect(refused.exitCode == 1 && refused.errors.contains("c has no older state"), "\(refused)")
    #expect(try sandbox.pipectl("state", "show", "a", "-o", "raw").output.isEmpty, "nothing was done about a either")
    let back = try sandbox.pipectl("state", "rollback", "-l", "team=growth")
    #expect(back.exitCode == 0, "\(back)")
    for name in ["a", "b"] {
      #expect(try sandbox.pipectl("state", "show", name, "-o", "raw").output.contains("bookmarks"))
    }
    #expect(try sandbox.pipectl("state", "rollback", "a", "b", "--to", "a.1").exitCode == 64)
    #expect(try sandbox.pipectl("state", "set", "a").exitCode == 64)
  }

  @Test func `the next slots of those that have a schedule are listed`() throws {
    let sandbox = try applied()
    for arguments in [["-l", "team=growth"], ["-l", "team=growth", "-f", "pipelines"]] {
      let slots = try sandbox.start(["schedule", "next", "-o", "json"] + arguments).end()
      #expect(try slots.text("pipeline") == "a", "b has none: \(slots)")
    }
    for arguments in [["a", "b"], ["-l", "team=sales"]] {
      let bare = try sandbox.start(["schedule", "next"] + arguments).end()
      #expect(bare.exitCode == 1 && bare.errors.contains("has no schedule"), "\(bare)")
    }
    let unknown = try sandbox.pipectl("schedule", "next", "d", "-f", "pipelines")
    #expect(unknown.errors.contains("the manifests hold no pipeline `d`"), "\(unknown)")
  }

  @Test func `whoever waits for a deletion hears of it`() throws {
    let sandbox = try applied()
    let early = try sandbox.pipectl("wait", "c", "--for", "delete", "--timeout", "0s")
    #expect(early.exitCode == 1 && early.errors.contains("it is not let go"), "\(early)")
    let waiting = try sandbox.start(["wait", "c", "--for=delete"])
    #expect(try sandbox.pipectl("delete", "c", "--yes", "--allow", "delete").exitCode == 0)
    let outcome = waiting.end()
    #expect(outcome.exitCode == 0 && outcome.errors.contains("c is let go."), "\(outcome)")
    #expect(try sandbox.pipectl("wait", "c", "--for=delete").exitCode == 0)
    #expect(
      try sandbox.pipectl("wait", "nobody", "--for=delete").exitCode == 1, "a name that was mistyped is said to be so")
  }
}
