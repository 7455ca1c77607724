import ControlLoop
import PipelineModel

/// Waits until a pipeline is as somebody wants it; nothing is changed.
struct PipelineWait {
  let workspace: Workspace
  let pipeline: PipelineName
  let goal: AwaitedState
  /// For everything that is waited for.
  let timeout: TimeSpan?
  let deadline: Timestamp?
  let display: ProgressDisplay

  /// How it went, and the latest run.
  func end() async throws -> (verdict: Verdict, run: RunRecord?) {
    let waiter = workspace.waiter(progress: { await display.show($0) })
    var stranded: StrandedRun?
    while true {
      // The engine is read, and nothing is recorded: that is for whoever acts next.
      let survey = try await Survey(workspace, of: pipeline)
      if let refusal = survey.preview.refusal { throw CommandEnd(refusal) }
      let latest = survey.preview.stored.runs.last { $0.id.pipeline == pipeline }
      if let verdict = try judge(latest, survey) {
        await display.end(latest.map { [$0] } ?? [])
        return (verdict, latest)
      }
      let now = workspace.clock.now()
      stranded = latest.flatMap { StrandedRun($0, in: survey.preview, now: now) }?.known(since: stranded)
      if let stranded, isAboutARun, stranded.givenUpAt <= now {
        await display.end([])
        return (.failed(stranded.sentence), latest)
      }
      let isToBeWaitedFor = latest?.isActive == true && stranded?.isToBeTriedAgain != true
      let until = [deadline, isAboutARun ? stranded?.givenUpAt : nil].compactMap(\.self).min()
      switch await waiter.wait(for: isToBeWaitedFor ? latest.map { [$0.id] } ?? [] : [], until: until) {
      case .changed: break
      case .deadline where until != deadline: break
      case .deadline:
        await display.end([])
        return (.failed(isAboutARun ? stranded?.sentence ?? lateness(latest) : lateness(latest)), latest)
      case .interrupted:
        await display.end([])
        return (.interrupted(farewell(latest), signal: Interruption.signalNumber ?? 2), latest)
      }
    }
  }

  private var isAboutARun: Bool {
    switch goal {
    case .runFinished, .runSucceeded, .changeCapture: true
    case .condition: false
    }
  }

  /// Absent while there is something to wait for.
  private func judge(_ latest: RunRecord?, _ survey: Survey) throws -> Verdict? {
    switch goal {
    case .runFinished:
      guard let latest else { return .done("\(pipeline) has never run.") }
      return latest.report.status.outcome.map { .done("\(latest.id) has ended: \($0.word).") }
    case .runSucceeded: return try ended(latest, survey) { $0.isGood }
    case .changeCapture:
      if let latest, latest.report.status == .active(.cdc) { return .done("\(latest.id) follows changes.") }
      return try ended(latest, survey) { _ in false }
    case .condition(let type, let status):
      guard let record = survey.record(pipeline) else { return nil }
      let condition = try survey.facts(of: record).conditions.first { $0.type == type }
      guard condition?.status ?? .no == status else { return nil }
      return .done("\(pipeline): \(type) is \(status.rawValue)\(condition.map { "; \($0.message)" } ?? "").")
    }
  }

  /// Absent while a run is active.
  private func ended(_ latest: RunRecord?, _ survey: Survey, isMet: (RunOutcome) -> Bool) throws -> Verdict? {
    guard let latest else { return .failed("\(pipeline) has never run; `pipectl start \(pipeline)` starts it") }
    guard let outcome = latest.report.status.outcome else { return nil }
    let line = "\(latest.id) has ended: \(outcome.word)"
    return isMet(outcome) ? .done(line + ".") : .failed(line + "; `pipectl describe run \(latest.id)` tells more")
  }

  private func lateness(_ latest: RunRecord?) -> String {
    let run = latest.map { "; \($0.id) is \($0.report.status.word)" } ?? ""
    return "timed out after \(timeout ?? Workspace.lockTimeout) waiting for \(pipeline): \(goal.absence)\(run)"
  }

  private func farewell(_ latest: RunRecord?) -> String {
    latest.flatMap { $0.isActive ? "Interrupted; \($0.id) goes on." : nil } ?? "Interrupted."
  }
}
