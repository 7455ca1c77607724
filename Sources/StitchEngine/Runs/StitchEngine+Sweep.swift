internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

extension StitchEngine {
  /// Reads one more page of what has ended, where the last one was read a while ago: so jobs of Stitch's own schedule are seen, and few calls
  /// are spent on it. The first look only begins to count the time.
  func sweep(
    after last: StitchSweep?, _ look: inout StitchLook, client: Int?, besides known: [StitchReceipt]
  ) async throws(EngineError) -> StitchSweep? {
    let now = service.now()
    guard let client else { return last }
    guard var sweep = last else {
      let first = StitchSweep(readAt: now)
      try sweeps.keep(first)
      return first
    }
    guard now - sweep.readAt >= patience.sweep else { return last }
    look.purpose = .sweep
    do throws(LookFailure) {
      let (rows, isLast) = try await look.rows(onPage: sweep.nextPage, client: client)
      sweep.take(rows, besides: known)
      sweep.nextPage = isLast ? 1 : sweep.nextPage + 1
      sweep.readAt = now
    } catch {
      switch error {
      case .engine(let error): throw error
      // There is no hurry: the next look tries again.
      case .call, .noCallsLeft: return last
      }
    }
    try sweeps.keep(sweep)
    return sweep
  }
}
