import ControlLoop
import ManifestCompiler
import ManifestSources
import PipelineModel
import Reconciler

/// How many pipelines are recorded, and why others are not.
struct ImportRecording {
  var count: Int
  var problem: String?
}

extension Importing {
  /// Records the pipelines as those of the state folder. Nothing but that is done: no engine is told anything.
  func record(_ plan: ImportPlan, lockTimeout: TimeSpan) async throws -> ImportRecording {
    let names = Set(plan.items.filter(\.isTaken).compactMap(\.pipeline))
    guard !names.isEmpty else { return ImportRecording(count: 0) }
    var goal = try goal(for: names)
    let workspace = workspace.lookingOnce()
    let preview = try await workspace.controller().preview(goal)
    if let refusal = preview.refusal { throw CommandEnd(refusal) }
    let acting = preview.plan.operations.filter { !$0.effect.isRecording }.map(\.pipeline.text)
    let strangers = preview.plan.decisions.compactMap { decision -> String? in
      if case .ownedElsewhere = decision.reason { decision.pipeline.text } else { nil }
    }
    let left = Set(acting + strangers)
    let operations = preview.plan.operations.filter { !left.contains($0.pipeline.text) }
    if !operations.isEmpty {
      goal.savedPlan = operations
      let pursuit = Pursuit(workspace: workspace, terminal: terminal, granted: [], lockTimeout: lockTimeout)
      let verdict = try await pursuit.run(goal).verdict(done: nil)
      if let problem = verdict.problem {
        return ImportRecording(
          count: 0, problem: "the manifests are written, and their pipelines not recorded: \(problem)")
      }
    }
    return ImportRecording(count: names.count - left.count, problem: problem(acting, strangers))
  }

  private func goal(for names: Set<String>) throws(CommandEnd) -> LoopGoal {
    let options = arguments
    let loaded = options.load()
    guard !loaded.hasErrors else {
      throw CommandEnd(
        .failed("the manifests are written, and together with the others they have mistakes"),
        mistakes: Mistakes(loaded, of: options))
    }
    let pipelines = loaded.compilation.pipelines.filter { names.contains($0.name.text) }
    let desired = DesiredState(pipelines: pipelines, zones: zoneTable(for: pipelines))
    var goal = LoopGoal(options, desired: desired, until: .planned)
    goal.scope = pipelines.map(\.name)
    return goal
  }

  private func problem(_ acting: [String], _ strangers: [String]) -> String? {
    if !strangers.isEmpty {
      return "\(listed(strangers.sorted())) belong to another source; `pipectl apply --adopt` takes them over"
    }
    guard !acting.isEmpty else { return nil }
    return
      "\(listed(Set(acting).sorted())) not recorded: the engine does not have them as their manifests say any more; "
      + "`pipectl plan \(planArguments)` shows what applying would change"
  }
}

extension Effect {
  fileprivate var isRecording: Bool {
    switch self {
    case .configure: true
    case .start, .stop, .write, .forget, .settle: false
    }
  }
}
