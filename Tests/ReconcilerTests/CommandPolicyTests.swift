import PipelineModel
import Reconciler
import Testing

@Suite struct CommandPolicyTests {
  private static let everything = CommandCapabilities(
    modes: Set(RunMode.allCases), canComplete: true, canDropDestinationFirst: true)

  private func command(
    _ argv: [String] = ["dbt", "build"], declares capabilities: CommandCapabilities = CommandCapabilities(),
    mode: RunMode = .incremental, job: JobRequest? = nil
  ) -> DesiredPipeline {
    World.pipeline { spec in
      spec.work = .command(CommandJob(argv: argv, capabilities: capabilities))
      spec.mode = mode
      spec.job = job
    }
  }

  private func start(_ options: StartOptions = StartOptions(), id: String = "a") -> JobRequest {
    World.job(id, .start(options))
  }

  private func order(_ operation: Operation?) -> StartOrder? {
    if case .start(let order)? = operation?.effect { order } else { nil }
  }

  @Test func `a command is started without a schema to discover, and applying again does nothing`() {
    var world = World()
    let pipeline = command(job: start())
    let done = world.apply([pipeline])
    #expect(done.map(\.verb) == ["create", "start"])
    let order = order(done.last)
    #expect(order?.refreshSchema == false)
    #expect(done.last?.dataEffect == DataEffect.none)
    world.report(firstRun) { $0.status = .active(.run) }
    #expect(world.plan([pipeline]).operations.isEmpty)
    world.end(firstRun, .succeeded)
    #expect(world.plan([pipeline]).operations.isEmpty)
    #expect(world.result(of: "a") == .done(firstRun))
  }

  @Test func `a changed command takes effect with the next run`() {
    var world = World()
    world.apply([command(job: start())])
    let plan = world.plan([command(["dbt", "run"], job: start())])
    #expect(plan.operations.map(\.verb) == ["update"])
    #expect(plan.operations.first?.dataEffect == DataEffect.none)
    #expect(plan.operations.first?.reason == "takes effect from the run after orders.1")
    #expect(plan.operations.first?.changes.map(\.path) == ["spec.command.argv"])
    world.carryOut(plan)
    #expect(world.record()?.generation == 2)
  }

  @Test(arguments: [
    (StartOptions(mode: .historical), "`historical`"),
    (StartOptions(dropDestinationFirst: true), "`dropDestinationFirst`"),
  ])
  func `what a command does not declare is refused when it is asked for`(options: StartOptions, wish: String) {
    var world = World()
    world.apply([command(job: start(options))])
    #expect(world.reports.isEmpty)
    guard case .refused(.undeclared(let said)) = world.result(of: "a") else {
      Issue.record("\(String(describing: world.result(of: "a")))")
      return
    }
    #expect(said.contains(wish))
  }

  @Test(arguments: [
    (RunMode.incremental, false, DataEffect.none), (.continuous, false, DataEffect.none),
    (.historical, false, .rereads),
    (.snapshot, false, .rereads), (.incremental, true, .rewritesDestination),
  ])
  func `a start says what the mode says that it does to data`(mode: RunMode, drops: Bool, effect: DataEffect) {
    var world = World()
    let options = StartOptions(mode: mode, dropDestinationFirst: drops)
    let done = world.apply([command(declares: Self.everything, job: start(options))])
    #expect(done.last?.dataEffect == effect)
    #expect(order(done.last)?.dropDestinationFirst == drops)
  }

  @Test func `a history that was cut comes first where the command declares it, and only there`() {
    for capabilities in [Self.everything, CommandCapabilities(modes: [.incremental])] {
      var world = World()
      world.apply([command(declares: Self.everything, job: start(StartOptions(mode: .historical)))])
      world.end(firstRun, .cancelled)
      world.apply()
      #expect(world.record()?.isHistoryPending == true)
      let done = world.apply([command(declares: capabilities, job: start(id: "b"))])
      #expect(order(done.last)?.mode == (capabilities == Self.everything ? .historical : .incremental))
      world.end(secondRun, .succeeded)
      world.apply()
      #expect(world.record()?.isHistoryPending == false)
    }
  }

  private func completing(
    _ status: RunStatus, declares capabilities: CommandCapabilities = Self.everything, mode: RunMode = .continuous
  ) -> World {
    var world = World()
    world.apply([command(declares: capabilities, mode: mode, job: start())])
    world.report(firstRun) { $0.status = status }
    world.apply()
    let end = World.job("end", .complete)
    world.carryOut(world.plan([command(declares: capabilities, mode: mode, job: end)]))
    return world
  }

  @Test func `a command that runs and declares it is completed`() {
    var world = completing(.active(.run))
    #expect(world.reports.first?.status.isStopping(.complete) == true)
    #expect(world.plan().operations.isEmpty)
    world.end(firstRun, .completed)
    world.apply()
    #expect(world.result(of: "end") == .done(firstRun))
  }

  @Test func `a complete that a command cannot follow is refused, and never a cancel`() {
    let between = completing(.backingOff(until: World.dawn + TimeSpan(seconds: 60)))
    #expect(between.result(of: "end") == .refused(.commandNotRunning(firstRun)))
    let silent = completing(.active(.run), declares: CommandCapabilities(modes: [.continuous]))
    #expect(silent.result(of: "end") == .refused(.undeclared("`complete`")))
    let incremental = completing(.active(.run), mode: .incremental)
    #expect(incremental.result(of: "end") == .refused(.undeclared("`complete` outside the mode `continuous`")))
    for world in [between, silent, incremental] { #expect(world.reports.first?.status.isEnded == false) }
  }

  @Test func `a pipeline that becomes a replication again reads everything again`() {
    var world = World()
    world.apply([World.pipeline()])
    let away = world.plan([command()])
    #expect(away.operations.first?.dataEffect == DataEffect.none)
    world.carryOut(away)
    let back = world.plan([World.pipeline()])
    #expect(back.operations.first?.dataEffect == .rereads)
    world.carryOut(back)
    #expect(world.record()?.staleBookmarks == .all)
    #expect(world.record()?.needsDiscovery == true)
  }

  @Test func `a command that lost its supervisor is tried again under the same id`() {
    var world = World()
    let pipeline = World.pipeline { spec in
      spec.work = .command(CommandJob(argv: ["dbt"]))
      spec.retry.attempts = 2
      spec.job = start()
    }
    world.apply([pipeline])
    world.end(firstRun, .lost)
    world.apply([pipeline])
    world.now = world.now + TimeSpan(seconds: 60)
    let plan = world.plan([pipeline])
    #expect(plan.ids == ["start:orders.1#2"])
    #expect(order(plan.operations.first)?.refreshSchema == false)
  }
}

extension RunStatus {
  fileprivate func isStopping(_ kind: StopKind) -> Bool {
    if case .stopping(let progress) = self { progress.kind == kind } else { false }
  }
}
