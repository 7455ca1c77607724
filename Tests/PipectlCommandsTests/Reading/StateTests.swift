import Foundation
import PipelineModel
import SQLiteStore
import Testing

struct StateTests {
  private func applied(rows: Int = 10) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeIncrementalPipeline(rows: rows)
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 0, "\(outcome)")
    return sandbox
  }

  private func versions(_ sandbox: Sandbox, _ pipeline: String = "rows") throws -> [String] {
    let items = try sandbox.pipectl("state", "history", pipeline, "-o", "json").list("items")
    return items.compactMap { ($0 as? [String: Any])?["version"] as? String }
  }

  private func raw(_ sandbox: Sandbox, _ arguments: String...) throws -> String {
    try sandbox.start(["state", "show", "rows", "-o", "raw"] + arguments).end().output
  }

  @Test func `a rollback is a new version, and the next run reads again what came after`() throws {
    let sandbox = try applied(rows: 10)
    let old = try raw(sandbox)
    try sandbox.writeIncrementalPipeline(rows: 30)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    let new = try raw(sandbox)
    #expect(old != new)
    let count = try versions(sandbox).count
    let rollback = try sandbox.pipectl("state", "rollback", "rows", "--to", "rows.1", "--reason", "bad rows")
    #expect(rollback.exitCode == 0, "\(rollback)")
    #expect(try raw(sandbox) == old)
    #expect(try versions(sandbox).count == count + 1)
    #expect(try raw(sandbox, "--version", "rows.2") == new, "nothing is lost")
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    let records = try #require(try sandbox.pipectl("describe", "rows.3", "-o", "json").number("status", "records"))
    #expect(records >= 20, "the rows after the older bookmark")
    #expect(try sandbox.rows("rows") == 30)
  }

  @Test func `without --to it is the version before, and it can be undone`() throws {
    let sandbox = try applied()
    #expect(
      try sandbox.pipectl("state", "set", "rows", "-", input: #"{"bookmarks": {"rows": {"at": 1}}}"#).exitCode == 0)
    let set = try raw(sandbox)
    #expect(set == #"{"bookmarks":{"rows":{"at":1}}}"# + "\n")
    let first = try raw(sandbox, "--version", "rows.1")
    #expect(try sandbox.pipectl("state", "rollback", "rows").exitCode == 0)
    #expect(try raw(sandbox) == first)
    #expect(try sandbox.pipectl("state", "rollback", "rows").exitCode == 0)
    #expect(try raw(sandbox) == set)
  }

  @Test func `one stream goes back, and the others stay`() throws {
    let sandbox = try applied()
    for state in [#"{"bookmarks":{"a":1,"b":1},"x":true}"#, #"{"bookmarks":{"a":2,"b":2,"c":2},"x":true}"#] {
      #expect(try sandbox.pipectl("state", "set", "rows", "-", input: state).exitCode == 0)
    }
    let older = try versions(sandbox)[1]
    #expect(
      try sandbox.pipectl("state", "rollback", "rows", "--to", older, "--stream", "a", "--stream", "c").exitCode == 0)
    #expect(try raw(sandbox) == #"{"bookmarks":{"a":1,"b":2},"x":true}"# + "\n", "c was not there, so it begins anew")
    let unknown = try sandbox.pipectl("state", "rollback", "rows", "--to", older, "--stream", "z")
    #expect(unknown.exitCode == 1)
    #expect(unknown.errors.contains("there are a and b"), "\(unknown)")
  }

  @Test(arguments: ["", "{", "[1]", "\"text\"", #"{"a":1,"#])
  func `what is no JSON object is refused, and nothing is changed`(text: String) throws {
    let sandbox = try applied()
    let before = try versions(sandbox)
    let outcome = try sandbox.pipectl("state", "set", "rows", "-", input: text)
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("nothing was changed"), "\(outcome)")
    #expect(try versions(sandbox) == before)
  }

  @Test func `an emptied state makes the next run read everything`() throws {
    let sandbox = try applied(rows: 25)
    #expect(try sandbox.pipectl("state", "set", "rows", "--empty", "--reason", "from scratch").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    #expect(try sandbox.pipectl("describe", "rows.2", "-o", "json").number("status", "records") == 25)
    #expect(try sandbox.rows("rows") == 25)
  }

  @Test func `beside a running run nothing is changed`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTalkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    for arguments in [["state", "set", "talk", "--empty"], ["state", "rollback", "talk"]] {
      let outcome = try sandbox.start(arguments).end()
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("talk.1 is active"), "\(outcome)")
    }
    #expect(try versions(sandbox, "talk").isEmpty)
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "talk").exitCode == 0)
    // What the run confirmed is recorded first, so that the new version is the newest.
    #expect(try sandbox.pipectl("state", "set", "talk", "--empty").exitCode == 0)
    let found = try versions(sandbox, "talk")
    #expect(found.count == 2)
    #expect(found.last == "talk.1/1")
  }

  @Test func `where there is no state yet, programs get a document and people a sentence`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let answer = try sandbox.pipectl("state", "show", "rows", "-o", "json")
    #expect(answer.exitCode == 0)
    #expect(try answer.text("kind") == "State")
    #expect(try answer.json()["isEmpty"] as? Bool == true)
    #expect(try sandbox.pipectl("state", "show", "rows", "-o", "yaml").output.contains("isEmpty: true"))
    for format in ["text", "raw"] {
      let outcome = try sandbox.pipectl("state", "show", "rows", "-o", format)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("no state yet"), "\(outcome)")
    }
  }

  @Test func `a held lock is named, and nothing is changed`() throws {
    let sandbox = try applied()
    let before = try versions(sandbox)
    let folder = sandbox.path + "/.pipectl"
    let lock = try ControllerLock.acquire(folder: folder, command: "pipectl test", timeout: TimeSpan(seconds: 5))
    let outcome = try sandbox.pipectl("state", "set", "rows", "--empty", "--lock-timeout", "100ms")
    withExtendedLifetime(lock) {}
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("pipectl test"), "\(outcome)")
    #expect(try versions(sandbox) == before)
  }
}
