import Foundation
import Glibc

/// What a controller that stays costs, and how soon it acts.
struct ServeFigures {
  let bench: Workbench

  func take() throws -> [Figure] {
    try idle() + ticks() + [try slotsAtOnce(), try slotToExec(), try adoption(), try commit(), try year()]
  }

  // MARK: Idle

  private func idle() throws -> [Figure] {
    let count = bench.many(10_000)
    try manifests("idle", (1...count).map { yearly($0) })
    let daemon = try following("idle", count)
    let before = daemon.cpuSeconds
    // Longer than the minute after which the whole folder is read again.
    let span = bench.scale == .full ? 90.0 : 1
    Thread.sleep(forTimeInterval: span)
    let share = (daemon.cpuSeconds - before) / span
    let memory = daemon.residentBytes
    clean("idle")
    return [
      Figure(
        name: "an idle controller of \(count) pipelines: memory", ours: .bytes(memory), result: .bytes(memory),
        bound: .atMost(.megabytes(120)), isHeadline: true),
      Figure(
        name: "an idle controller of \(count) pipelines: one core's time", ours: .seconds(share * span),
        baseline: .seconds(span), baselineName: "the time that it stood idle", result: .percent(share),
        bound: .atMost(.percent(0.005)), isHeadline: true),
    ]
  }

  // MARK: A tick

  /// Slots of one pipeline among many, whose run goes on: each of them is decided and recorded, and nothing is started. Then slots with
  /// runs that begin and end, which change what is known of it several times each.
  private func ticks() throws -> [Figure] {
    let few = try tick(among: bench.many(1000), running: "exec sleep 600")
    let many = try tick(among: bench.many(100_000), running: "exec sleep 600")
    let fewRuns = try tick(among: bench.many(1000), running: "true")
    let manyRuns = try tick(among: bench.many(100_000), running: "true")
    return [
      Figure(
        name: "a tick for one of \(bench.many(100_000)) pipelines", ours: .seconds(many), baseline: .seconds(few),
        baselineName: "one of \(bench.many(1000))", result: .seconds(many), bound: .atMost(.seconds(0.005)),
        isHeadline: true),
      Figure(
        name: "the same: growth", ours: .seconds(many), baseline: .seconds(few),
        baselineName: "one of \(bench.many(1000))", result: .times(many / few), bound: .atMost(.times(1.5))),
      Figure(
        name: "a slot, a start and an end of one of \(bench.many(100_000)) pipelines: growth", ours: .seconds(manyRuns),
        baseline: .seconds(fewRuns), baselineName: "one of \(bench.many(1000))", result: .times(manyRuns / fewRuns),
        bound: .atMost(.times(1.5))),
    ]
  }

  /// Seconds of one core.
  private func tick(among count: Int, running script: String) throws -> Double {
    let due = command("due", script, every: "1s")
    try manifests("ticks", (1...count).map { yearly($0) } + [due])
    // Reading the folder again in any case, once in an interval, is no part of a tick.
    let daemon = try following("ticks", count, ["--interval", "1h"])
    let before = (daemon.cpuSeconds, now())
    Thread.sleep(forTimeInterval: bench.scale == .full ? 30 : 2)
    let after = (daemon.cpuSeconds, now())
    clean("ticks")
    return (after.0 - before.0) / (after.1 - before.1)
  }

  // MARK: Slots

  /// From the instant that all share to the order of the runs that there is room for; that the others wait is recorded together with them.
  private func slotsAtOnce() throws -> Figure {
    let count = bench.many(1000)
    try manifests("at-once", (1...count).map { command("at-once-\($0)", "sleep 5", cron: "* * * * *") })
    let daemon = try following("at-once", count)
    try daemon.awaitLine("run ordered", count: min(count, 32))
    let ordered = daemon.lines(with: "run ordered").compactMap { instant(String($0.prefix { $0 != " " })) }
    clean("at-once")
    let late = ordered.map { $0.truncatingRemainder(dividingBy: 60) }.max() ?? .nan
    return Figure(
      name: "\(count) slots of one second: until all are decided", ours: .seconds(late), result: .seconds(late),
      bound: .atMost(.seconds(1)), isHeadline: true)
  }

  private func instant(_ text: String) -> Double? {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return format.date(from: text)?.timeIntervalSince1970
  }

  /// From the slot's instant to the first word of its program; nothing else happens on the machine.
  private func slotToExec() throws -> Figure {
    let rounds = bench.scale == .full ? 20 : 2
    let script = "date +%s.%N >> \(bench.path("instants"))"
    try manifests("exec", [command("exec", script, every: "2s")])
    let daemon = try following("exec", 1)
    try daemon.awaitLine("run ended", count: rounds + 1)
    let instants = try String(contentsOfFile: bench.path("instants"), encoding: .utf8).split(separator: "\n")
      .compactMap { Double($0) }
    clean("exec")
    let late = instants.dropFirst().map { $0.truncatingRemainder(dividingBy: 2) }.median
    return Figure(
      name: "a slot, to the exec of its program: median of \(rounds)", ours: .seconds(late), result: .seconds(late),
      bound: .atMost(.seconds(0.15)), isHeadline: true)
  }

  // MARK: A controller that was killed

  /// From the start of the next controller until it has taken over what the one that was killed had in flight.
  private func adoption() throws -> Figure {
    let count = 20
    try manifests(
      "killed",
      (1...count).map { command("killed-\($0)", "exec sleep 60", cron: "0 3 29 2 *", request: "first") })
    var daemon = try following("killed", count)
    try daemon.awaitLine("run ordered", count: count)
    let taken = try (1...bench.rounds(5)).map { _ in
      daemon.signal(SIGKILL)
      let before = now()
      daemon = try Daemon(bench, state: "killed-state", following: ["--manifests", bench.path("killed")])
      let taken = now() - before
      guard daemon.count("took over \(count) pipelines and \(count) active runs") == 1 else {
        throw BenchError("a controller took over something else than \(count) runs; see killed-state.log")
      }
      return taken
    }
    clean("killed")
    return Figure(
      name: "a killed controller's \(count) runs, taken over", ours: .seconds(taken.median),
      result: .seconds(taken.median), bound: .atMost(.seconds(2)), isHeadline: true)
  }

  // MARK: A commit

  /// From the push of a commit to its result: fetched, compiled, planned, applied.
  private func commit() throws -> Figure {
    let count = bench.many(10_000)
    try bench.emptyFolder("repository")
    for number in 1...count { try bench.write(yearly(number), to: "repository/\(number).yaml") }
    let folder = bench.path("repository")
    func git(_ arguments: String...) throws {
      _ = try Program(
        arguments: ["git", "-C", folder, "-c", "user.name=bench", "-c", "user.email=bench@localhost"] + arguments
      ).measure()
    }
    try git("init", "--quiet", "--initial-branch=main")
    try git("add", "--all")
    try git("commit", "--quiet", "--message=first")
    let daemon = try Daemon(
      bench, state: "commit-state", following: ["--git", "file://\(folder)", "--ref", "main", "--interval", "1h"])
    try daemon.awaitLine("info applied:")
    let taken = try (1...bench.rounds(5)).map { round in
      try bench.write(yearly(round).replacing("port: 5432", with: "port: 5433"), to: "repository/\(round).yaml")
      try git("commit", "--quiet", "--all", "--message=next")
      let before = now()
      daemon.signal(SIGHUP)
      try daemon.awaitLine("info applied:", count: round + 1)
      return now() - before
    }
    bench.remove("repository")
    bench.remove("commit-state")
    return Figure(
      name: "a commit that changes 1 of \(count) manifests", ours: .seconds(taken.median),
      result: .seconds(taken.median), bound: .atMost(.seconds(1)), isHeadline: true)
  }

  // MARK: A year

  /// The loop, the planner and a store in memory, under a virtual clock.
  private func year() throws -> Figure {
    let pipelines = 100
    let days = bench.many(365)
    let taken = try Program(arguments: [bench.simulate, "\(pipelines)", "\(days)"]).measure()
    return Figure(
      name: "\(days) simulated days of \(pipelines) hourly pipelines", ours: .seconds(taken.seconds),
      result: .seconds(taken.seconds), bound: .atMost(.seconds(60)), isHeadline: true)
  }

  // MARK: Manifests

  /// Files of a hundred pipelines each.
  private func manifests(_ name: String, _ documents: [String]) throws {
    try bench.emptyFolder(name)
    for first in stride(from: 0, to: documents.count, by: 100) {
      let text = documents[first..<min(first + 100, documents.count)].joined()
      try bench.write(text, to: "\(name)/from-\(first).yaml")
    }
  }

  /// When all is applied and nothing more is to do.
  private func following(_ name: String, _ count: Int, _ options: [String] = []) throws -> Daemon {
    let daemon = try Daemon(bench, state: "\(name)-state", following: ["--manifests", bench.path(name)] + options)
    try daemon.awaitLine("info applied:")
    daemon.awaitQuiet()
    return daemon
  }

  private func clean(_ name: String) {
    bench.remove(name)
    bench.remove("\(name)-state")
  }

  /// Due once a year, and never while figures are taken.
  private func yearly(_ number: Int) -> String {
    ManifestCorpus.pipeline(number).replacing(
      "cron: \"\(number % 60) \(number % 24) * * *\"", with: "cron: \"0 3 29 2 *\"")
  }

  private func command(
    _ name: String, _ script: String, every: String? = nil, cron: String? = nil, request: String? = nil
  ) -> String {
    """
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: \(name)}
    spec:
      command: {argv: [/bin/sh, -c, "\(script)"], capabilities: {modes: [incremental]}}
      schedule: {\(every.map { "every: \($0)" } ?? "cron: \"\(cron ?? "")\", missed: skip")}
    \(request.map { "  job: {request: \($0), action: start}" } ?? "")

    """
  }
}
