import Testing

/// The past that is dropped, and what every command still says afterwards.
@Suite struct GcTests {
  /// A pipeline with three runs.
  private func folder() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(
      request: "first", extra: "  streams: [{name: rows, replication: incremental, key: updated_at}]\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    for id in ["second", "third"] { #expect(try sandbox.pipectl("start", "rows", "--request", id).exitCode == 0) }
    return sandbox
  }

  @Test func `a dry run drops nothing, and says what would go`() throws {
    let sandbox = try folder()
    let outcome = try sandbox.pipectl("gc", "--keep-runs", "1", "--dry-run", "-o", "json")
    #expect(outcome.exitCode == 0)
    #expect(try outcome.text("items", 0, "runs", 1) == "rows.2", "\(outcome)")
    #expect(try sandbox.count("runs") == 3)
    #expect(sandbox.exists(".pipectl/runs/ended/rows.1"))
  }

  @Test func `the past goes with its folders, and the ledger stays`() throws {
    let sandbox = try folder()
    let outcome = try sandbox.pipectl("gc", "--keep-runs", "1")
    #expect(outcome.exitCode == 0 && outcome.output.hasPrefix("rows: 2 runs (rows.1 to rows.2) and "), "\(outcome)")
    #expect(try sandbox.count("runs") == 1)
    #expect(try sandbox.count("requests") == 3)
    #expect(!sandbox.exists(".pipectl/runs/ended/rows.1") && sandbox.exists(".pipectl/runs/ended/rows.3"))

    let again = try sandbox.pipectl("start", "rows", "--request", "second")
    #expect(again.exitCode == 0 && again.errors.contains("acted on before"), "\(again)")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").output == "Nothing to do.\n")
    #expect(try sandbox.count("runs") == 1)
    #expect(try sandbox.pipectl("gc", "--keep-runs", "1").errors == "Nothing to drop.\n")

    #expect(try sandbox.pipectl("describe", "rows").output.contains("second"), "its request is still told")
    for words in [
      ["get"], ["why", "rows"], ["history", "rows", "--operations"], ["logs", "rows"], ["describe", "rows.3"],
    ] {
      #expect(try sandbox.start(words).end().exitCode == 0, "\(words)")
    }
    for words in [["describe", "rows.1"], ["logs", "rows.1"]] {
      let missing = try sandbox.start(words).end()
      #expect(missing.exitCode == 1 && missing.errors.contains("there is no run rows.1"), "\(missing)")
    }
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    #expect(sandbox.exists(".pipectl/runs/ended/rows.4"), "a number is never given twice")
  }

  @Test func `a record whose folder went before a kill goes with the next call`() throws {
    let sandbox = try folder()
    try sandbox.remove(".pipectl/runs/ended/rows.1")
    #expect(try sandbox.pipectl("gc", "--keep-runs", "2").exitCode == 0)
    #expect(try sandbox.count("runs") == 2)
  }

  @Test func `there is nothing to drop where there is no state folder, and none is made`() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.pipectl("gc").errors == "Nothing to drop.\n")
    #expect(!sandbox.exists(".pipectl"))
    #expect(try sandbox.pipectl("gc", "--keep-runs", "0").exitCode == 64)
  }
}
