import ControlLoop
import PipelineModel

extension Terminal {
  /// Prints what came of a goal, and gives the verdict.
  func report(
    _ result: LoopResult, as output: DocumentFormat, plan: PlanView?, done: String? = nil,
    aftermaths: [CancelAftermath] = [], recorded: [String] = []
  ) throws -> Verdict {
    let verdict = result.verdict(done: done, recorded: recorded)
    if let form = output.data {
      try document(ResultView(result, verdict: verdict, plan: plan, aftermaths: aftermaths), as: form)
    } else {
      let ended = result.runs.map(RunSummary.init)
      let after = aftermaths.flatMap { aftermath in
        aftermath.lines.map { ended.count > 1 ? "\(aftermath.run): \($0)" : $0 }
      }
      let lines = ended.flatMap { $0.lines(paint: dataPaint) } + after
      if !lines.isEmpty { data(lines.joined(separator: "\n")) }
    }
    return verdict
  }
}
