import Foundation
import Testing

struct PublishingTests {
  @Test func `explain finds a field by its path, and by the end of it`() throws {
    let sandbox = try Sandbox()
    let whole = try sandbox.pipectl("explain", "pipeline.spec.schedule.cron", "-o", "json")
    #expect(try whole.text("path") == "pipeline.spec.schedule.cron")
    #expect(try whole.text("type") == "cron expression")
    #expect(try sandbox.pipectl("explain", "schedule").output.hasPrefix("pipeline.spec.schedule"))
    let unknown = try sandbox.pipectl("explain", "pipeline.spec.shedule")
    #expect(unknown.exitCode == 1)
    #expect(unknown.errors.contains("did you mean `pipeline.spec.schedule`?"))
    #expect(try sandbox.pipectl("explain").exitCode == 64)
  }

  @Test(arguments: [["schema"], ["explain", "--reference"], ["explain", "--diagnostics"]])
  func `generated pages are data, and the same in every process`(arguments: [String]) throws {
    let sandbox = try Sandbox()
    let (first, second) = (try sandbox.start(arguments).end(), try sandbox.start(arguments).end())
    #expect(first.exitCode == 0)
    #expect(first.errors.isEmpty)
    #expect(first.output.count > 1000)
    #expect(first.output == second.output)
  }

  @Test func `slots are taken from manifests too, with what a change of the clocks does`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(extra: "  schedule: {cron: \"30 2 * * *\", timeZone: Europe/Berlin}\n")
    let answer = try sandbox.pipectl(
      "schedule", "next", "rows", "-f", "pipelines", "--from", "2026-03-28T12:00:00Z", "--count", "2", "-o", "json")
    #expect(answer.exitCode == 0, "\(answer)")
    #expect(try answer.text("slots", 0, "at") == "2026-03-29T01:00:00Z")
    #expect(try answer.text("slots", 0, "mark")?.hasPrefix("shifted from 2026-03-29 02:30") ?? false)
    #expect(try answer.text("slots", 1, "local") == "2026-03-30 02:30")
    #expect(!sandbox.exists(".pipectl"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `there is a completion script for each shell`(shell: String) throws {
    let outcome = try Sandbox().pipectl("completion", shell)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("pipectl"))
  }

  @Test func `the version is told to programs too`() throws {
    let sandbox = try Sandbox()
    let version = try #require(try sandbox.pipectl("version", "-o", "json").text("version"))
    #expect(try sandbox.pipectl("version").output.hasPrefix("pipectl \(version)\n"))
    #expect(try sandbox.pipectl("--version").output == "pipectl \(version)\n")
  }
}
