import ControlAPI
import ControlLoop
import ControlServer
import Foundation
import PipelineModel
import StoreAPI

/// Everything that a controller which stays needs to serve commands: one store, one order of turns, one telemetry for all that it does.
struct CommandDesk: Sendable {
  let workspace: Workspace
  let telemetry: Telemetry
  /// What the controller's own rounds and all goals use.
  let store: any ControlStore
  /// In the place of the folder's lock, which the process holds for good.
  let turns = TurnQueue()

  private let limit: Int?
  private let nudges: NudgeBox?

  /// - Parameters:
  ///   - limit: how many runs may be active at once.
  ///   - nudges: where it is left which pipelines a goal has touched.
  ///   - tell: hears of every event.
  init(
    _ workspace: Workspace, limit: Int? = nil, nudges: NudgeBox? = nil,
    tell: @escaping @Sendable (ControlEvent) -> Void = { _ in }
  ) throws(StoreError) {
    let clock = workspace.clock
    telemetry = Telemetry(now: { clock.now() }, tell: tell)
    self.limit = limit
    self.nudges = nudges
    store = try telemetry.watching(workspace.store)
    self.workspace = workspace
  }

  /// The face of the controller: to be run while the folder's lock is held.
  func server(status: any ControllerStatusSource) -> ControlServer {
    ControlServer(
      socket: ControlSocket(stateFolder: workspace.folder), version: pipectlVersion, store: store, telemetry: telemetry,
      turns: turns, status: status, maxConcurrentRuns: limit,
      pipelines: { [workspace] in try await pipelineList(workspace) },
      controller: { controller(for: $0) })
  }

  private func controller(for session: GoalSession) -> Controller {
    Controller(
      store: store, directory: workspace.engines, lock: session.turns, clock: workspace.clock,
      waiter: workspace.waiter(isInterrupted: session.isAbandoned, progress: session.progress),
      observer: NudgingObserver(observer: session.observer, nudges: nudges), zones: zoneTable(of:))
  }
}

/// What `pipectl get -o json` prints.
private func pipelineList(_ workspace: Workspace) async throws -> String {
  let survey = try await Survey(workspace)
  let views = try survey.records.filter { !$0.isForgotten }.map { PipelineView(try survey.facts(of: $0)) }
  return try jsonText(ObjectList(items: views))
}

/// Lets a controller that stays know which pipelines a command's goal is about.
private struct NudgingObserver: LoopObserver {
  let observer: any LoopObserver
  let nudges: NudgeBox?

  func note(_ report: LoopReport) async {
    if case .planned(let plan) = report { await nudges?.post(.touched(plan.decisions.map(\.pipeline))) }
    await observer.note(report)
  }
}
