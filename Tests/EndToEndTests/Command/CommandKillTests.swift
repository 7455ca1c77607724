import Foundation
import Glibc
import Testing

/// One program as a whole job, cut off from outside: nothing is started twice, nothing is left.
@Suite(.serialized)
struct CommandKillTests {
  private static let script = """
    import os, sys, time
    folder = sys.argv[1]
    with open(folder + "/starts", "a") as file: file.write(os.environ["PIPECTL_RUN_ID"] + "\\n")
    open(folder + "/begun", "w").close()
    while not os.path.exists(folder + "/go"):
        if not os.path.isdir(folder): sys.exit(1)
        time.sleep(0.02)
    """

  private func bench() throws -> (bench: Bench, manifest: String) {
    let bench = try Bench()
    let script = try bench.write("job.py", Self.script)
    let manifest = try bench.write(
      "model.yaml",
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: model}
      spec:
        command: {argv: [python3, \(script), \(bench.folder)], workingDirectory: \(bench.folder)}
        limits: {cancelGrace: 5s}
        job: {request: first, action: start}
      """)
    return (bench, manifest)
  }

  private func exists(_ name: String, _ bench: Bench) -> Bool {
    FileManager.default.fileExists(atPath: bench.folder + "/" + name)
  }

  private func starts(_ bench: Bench) throws -> [String] {
    try String(contentsOfFile: bench.folder + "/starts", encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func expectNothingToDo(_ bench: Bench, _ manifest: String) async throws {
    let again = try await bench.pipectl("apply", "-f", manifest)
    #expect(again.code == 0 && again.output.contains("Nothing to do"), "\(again)")
    let plan = try await bench.pipectl("plan", "-f", manifest, "--detailed-exitcode")
    #expect(plan.code == 0, "\(plan)")
    #expect(ProcessList.working(in: bench.folder).isEmpty)
  }

  @Test func `an apply that was killed while its command runs is finished by the next, with one start`() async throws {
    let (bench, manifest) = try bench()
    let apply = try bench.launch(["apply", "-f", manifest])
    try await eventually("the command has begun") { exists("begun", bench) }
    apply.kill()
    _ = try await apply.end()
    let next = try bench.launch(["apply", "-f", manifest])
    try bench.write("go", "")
    let end = try await next.end()
    #expect(end.code == 0, "\(end)")
    #expect(try starts(bench) == ["model.1"])
    let wait = try await bench.pipectl("wait", "model", "--for", "succeeded")
    #expect(wait.code == 0, "\(wait)")
    try await expectNothingToDo(bench, manifest)
  }

  @Test func `a command whose supervisor was killed is lost and ended, and the next start is another run`() async throws
  {
    let (bench, manifest) = try bench()
    let apply = try bench.launch(["apply", "-f", manifest])
    try await eventually("the command has begun") { exists("begun", bench) }
    let journal = try #require(bench.journal(of: "model"))
    let program = try #require(journal.child("command"))
    kill(try #require(journal.supervisor), SIGKILL)
    let end = try await apply.end()
    #expect(end.code == 1 && end.errors.contains("model.1 is lost"), "\(end)")
    #expect(!ProcessList.isAlive(program))
    try await expectNothingToDo(bench, manifest)
    try bench.write("go", "")
    let next = try await bench.pipectl("start", "model")
    #expect(next.code == 0, "\(next)")
    #expect(try starts(bench) == ["model.1", "model.2"])
  }
}
