import Foundation
import Glibc
import Testing

struct LogsTests {
  @Test func `logs are followed live until the run ends`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTalkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let follower = try sandbox.start(["logs", "-f", "talk"])
    try eventually("the first line is there") { follower.output.contains("begun") }
    #expect(!follower.output.contains("done"))
    #expect(follower.isRunning)
    try sandbox.write("", to: "gate")
    let outcome = follower.end()
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("done"), "what is said before the end is not lost")
    #expect(outcome.errors.contains("talk.1 is over: succeeded"), "\(outcome)")
    let again = try sandbox.pipectl("logs", "talk.1", "--tap", "--tail", "1")
    #expect(again.output.hasSuffix("Z done\n"), "\(again)")
    #expect(!again.output.contains("|"), "one log needs no names")
    #expect(try sandbox.pipectl("logs", "talk.1").output == outcome.output)
  }

  @Test func `an interrupted follower leaves the run going`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTalkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let follower = try sandbox.start(["logs", "-f", "talk"])
    try eventually("the first line is there") { follower.output.contains("begun") }
    follower.send(SIGINT)
    let outcome = follower.end()
    #expect(outcome.exitCode == 130)
    #expect(outcome.errors.contains("talk.1 goes on"))
    #expect(try sandbox.pipectl("get", "-o", "json").text("items", 0, "status", "activeRun") == "talk.1")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "talk", "--for", "succeeded").exitCode == 0)
  }
}
