import ControlLoop
import PipelineModel

extension Terminal {
  /// Prints what came of a goal, and gives the verdict.
  func report(
    _ result: LoopResult, as output: DocumentFormat, plan: PlanView?, done: String? = nil,
    aftermath: CancelAftermath? = nil
  ) throws -> Verdict {
    let verdict = result.verdict(done: done)
    if let form = output.data {
      try document(ResultView(result, verdict: verdict, plan: plan, aftermath: aftermath), as: form)
    } else {
      let ended = result.runs.map(RunSummary.init)
      let lines = ended.flatMap { $0.lines(paint: dataPaint) } + (aftermath?.lines ?? [])
      if !lines.isEmpty { data(lines.joined(separator: "\n")) }
    }
    return verdict
  }
}
