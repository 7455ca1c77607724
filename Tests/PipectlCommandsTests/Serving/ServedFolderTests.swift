import Foundation
import Glibc
import Testing

/// A controller follows a folder: what is due starts, what changes is applied, and what is wrong changes nothing.
struct ServedFolderTests {
  @Test func `slots start, a changed manifest is followed, and every line says what it is about`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: 1s}")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    #expect(try daemon.says("--allow-connector narrows it"))
    try eventually("three slots have run") { sandbox.marks().filter { $0[0] == "end" }.count >= 3 }

    try sandbox.writeMarkingPipeline(word: "changed", extra: "  schedule: {every: 1s}")
    try eventually("a slot runs the changed manifest") { sandbox.marks().contains { $0[0] == "changed" } }
    let marks = sandbox.marks().filter { $0[0] != "end" && $0.count == 3 }
    #expect(Set(marks.map { $0[1] }).count == marks.count, "no run is there twice")
    #expect(Set(marks.map { $0[2] }).count == marks.count, "no slot is there twice")

    let applied = try #require(try daemon.log().last { $0.message.hasPrefix("applied") })
    let ended = try #require(
      try daemon.log().last { $0.message == "run ended: succeeded" && $0.generation == 2 } ?? nextEnd(daemon))
    #expect(ended.pipeline == "orders" && ended.run?.hasPrefix("orders.") == true)
    #expect(ended.commit == applied.commit && ended.commit != nil)
    let raised = try #require(try daemon.log().last { $0.message == "pipeline applied: generation 2" })
    #expect(raised.commit == applied.commit, "what a commit changes is told with its id")

    let why = try sandbox.pipectl("why", "orders")
    #expect(why.output.contains("(pipectl serve, since "), "\(why)")
    for outcome in [why, try sandbox.pipectl("plan", "-f", "pipelines"), try sandbox.pipectl("describe", "orders")] {
      #expect(outcome.exitCode == 0 && !outcome.output.contains("no controller is running"), "\(outcome)")
    }
    // How many ran and how many came too soon after another depends on the machine.
    let slots = try sandbox.pipectl("history", "orders", "--slots", "--limit", "1000", "-o", "json")
    let known = try #require(try slots.json()["slots"] as? [[String: Any]])
    #expect(Set(known.compactMap { $0["at"] as? String }).count == known.count, "\(slots)")
    #expect(known.filter { $0["outcome"] as? String == "ran" }.count >= 3, "\(slots)")

    let end = daemon.end()
    #expect(end.exitCode == 0 && end.errors.contains("ended; "), "\(end)")
    #expect(try sandbox.pipectl("why", "orders").output.contains("no controller is running"))
  }

  private func nextEnd(_ daemon: Daemon) throws -> Daemon.Line? {
    try eventually("a run of generation 2 ends") {
      try daemon.log().contains { $0.message == "run ended: succeeded" && $0.generation == 2 }
    }
    return try daemon.log().last { $0.message == "run ended: succeeded" && $0.generation == 2 }
  }

  @Test func `mistakes and an emptied folder change nothing, and are told with their place`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: 1s}")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    try eventually("a slot has run") { !sandbox.marks().isEmpty }

    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: soon}")
    try daemon.awaits("pipelines/orders.yaml:6:21: PC0104")
    let mistake = try #require(try daemon.log().first { $0.message.hasPrefix("rejected: ") })
    #expect(mistake.level == "error" && mistake.commit != nil)
    let ready = try daemon.page("/readyz?verbose")
    #expect(ready.contains("[+] source: ok; but not followed (Rejected): ") && ready.hasSuffix("ready\n"), "\(ready)")
    #expect(ready.contains("pipelines/orders.yaml:6:21: PC0104"), "\(ready)")
    try goesOn(sandbox)

    try sandbox.remove("pipelines/orders.yaml")
    try daemon.awaits("holds no manifest")
    try goesOn(sandbox)
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/orders\n")

    try sandbox.writeMarkingPipeline(word: "mended", extra: "  schedule: {every: 1s}")
    try eventually("the mended manifest runs") { sandbox.marks().contains { $0[0] == "mended" } }
    #expect(try daemon.page("/readyz?verbose").contains("[+] source: ok\n"))
  }

  /// Slots of the last good manifests go on.
  private func goesOn(_ sandbox: Sandbox) throws {
    let before = sandbox.marks().count
    try eventually("slots go on") { sandbox.marks().count >= before + 4 }
  }

  @Test func `what a commit would prune beyond the limit stays, and that is told`() throws {
    let sandbox = try Sandbox()
    let manifests = try ["a", "b", "c"].map { try sandbox.markingManifest($0) }
    try sandbox.write(manifests.joined(separator: "---\n"), to: "pipelines/all.yaml")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines", "--prune"])
    try daemon.awaits("applied: 3 operations")
    try sandbox.write(manifests[0], to: "pipelines/all.yaml")
    try daemon.awaits("nothing is pruned: 2 of 3 pipelines would go")
    #expect(try sandbox.pipectl("get", "c", "-o", "json").number("status", "generation") == 1)
    #expect(daemon.end().exitCode == 0)
  }

  @Test func `a second controller is refused, and told who has the folder`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    let second = try sandbox.pipectl("serve", "--manifests", "pipelines", "--lock-timeout", "1s")
    #expect(second.exitCode == 1)
    #expect(
      second.errors.contains("the state folder .pipectl is in use by process \(daemon.program.pid) on "), "\(second)")
    #expect(second.errors.contains("(pipectl serve, since ") && second.errors.contains("--state"), "\(second)")
    #expect(daemon.end().exitCode == 0)
  }

  @Test func `a controller that cannot listen says why, and ends by itself`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try sandbox.write("", to: ".pipectl/control/socket")
    try #require(chmod(sandbox.path + "/.pipectl/control", 0o700) == 0)
    let controller = try sandbox.pipectl("serve", "--manifests", "pipelines")
    #expect(controller.exitCode == 1)
    #expect(controller.errors.contains("error: .pipectl/control/socket is no socket; remove it"), "\(controller)")
    #expect(sandbox.marks().isEmpty)
  }

  @Test func `what nobody allowed is started neither by a commit nor by an apply`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(extra: "  job: {request: once, action: start}")
    let daemon = try Daemon(
      sandbox, ["--manifests", "pipelines", "--allow-connector", "tap-*", "--allow-connector", "dbt"])
    #expect(try daemon.says("programs that may be started: what comes with pipectl, and tap-*, dbt"))
    try daemon.awaits("rejected: orders: \(sandbox.path)/mark may not be started here; --allow-connector says what may")
    #expect(try sandbox.pipectl("get", "-o", "name").output == "")

    try sandbox.writeMarkingPipeline(
      "other", extra: "  job: {request: once, action: start}", file: "elsewhere/other.yaml")
    let apply = try sandbox.pipectl("apply", "-f", "elsewhere")
    #expect(apply.exitCode == 1 && apply.errors.contains("may not be started here"), "\(apply)")
    #expect(sandbox.marks().isEmpty)
  }

  @Test func `runs of the past go by themselves`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    for id in ["second", "third"] { #expect(try sandbox.pipectl("start", "rows", "--request", id).exitCode == 0) }
    try sandbox.age(run: 1, byDays: 91)
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    try daemon.awaits("let go of what is kept no longer: 1 run of 1 pipeline")
    #expect(try sandbox.count("runs") == 2)
    #expect(try sandbox.count("requests") == 3)
    #expect(!sandbox.exists(".pipectl/runs/ended/rows.1") && sandbox.exists(".pipectl/runs/ended/rows.2"))
  }

  @Test(.enabled(if: Sandbox.hasProgram("promtool"), "promtool is not installed"))
  func `its metrics are as Prometheus wants them`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: 1s}")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    try eventually("a run has ended") { sandbox.marks().contains { $0[0] == "end" } }
    let check = try Running(
      program: "/usr/bin/env", ["promtool", "check", "metrics"], in: sandbox, environment: [:],
      input: try daemon.page("/metrics")
    ).end()
    #expect(check.exitCode == 0 && check.errors.isEmpty, "\(check)")
  }
}

extension Sandbox {
  static func hasProgram(_ name: String) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
}
