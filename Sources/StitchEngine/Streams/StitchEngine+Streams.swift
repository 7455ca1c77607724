internal import EngineAPI
internal import EngineHTTP
internal import Foundation
internal import PipelineModel

extension StitchEngine {
  /// Selects the streams that are declared, and no others; sends only what differs, and looks whether it is so.
  func select(_ rules: [StreamRule], of source: Int) async throws(EngineError) {
    let selection = try await selection(of: source, as: rules)
    guard selection.missing.isEmpty else {
      let names = selection.missing.map { "`\($0)`" }.joined(separator: ", ")
      throw EngineError(
        .refused, "source \(source) has no stream \(names); its streams in Stitch are named as `remote.streams` has to",
        .terminal)
    }
    if !selection.updates.isEmpty {
      do throws(CallFailure) {
        try await service.select(selection.updates, of: source)
      } catch {
        throw EngineError(error)
      }
      let left = try await self.selection(of: source, as: rules).differences
      guard left.isEmpty else {
        throw EngineError(
          .refused,
          "Stitch took the selection of source \(source), and this is still so: \(left.joined(separator: "; "))",
          .terminal)
      }
    }
    try selections.keep(.init(source: source, held: HeldStreams(declared: rules), checkedAt: service.now()))
  }

  private func selection(of source: Int, as rules: [StreamRule]) async throws(EngineError) -> StitchSelection {
    do throws(CallFailure) {
      return try await StitchSelection(of: source, as: rules, service)
    } catch {
      throw error.kind == .refused ? EngineError(error) : EngineError(.unavailable, error.message, .retryable)
    }
  }

  /// Looks anew at the one selection that was looked at longest ago, where that is an hour: each costs calls.
  func checkSelections(of sources: Set<Int>) async throws(EngineError) -> [Int: StitchSelections.Check] {
    var checks = try selections.all()
    let due = checks.values.filter { service.now() - $0.checkedAt >= patience.streams && sources.contains($0.source) }
    guard !isReadOnly, var check = due.min(by: { ($0.checkedAt, $0.source) < ($1.checkedAt, $1.source) }) else {
      return checks
    }
    // One that cannot be read now is looked at the next time.
    guard let found = try? await StitchSelection(of: check.source, as: check.held.declared, service) else {
      return checks
    }
    check.held.differences = found.differences
    check.checkedAt = service.now()
    try selections.keep(check)
    checks[check.source] = check
    return checks
  }
}
