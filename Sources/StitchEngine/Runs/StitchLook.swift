internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

/// One look at the lists of what has ended, with as few calls as they allow.
///
/// Extractions are sorted by source, and only sources that exist can be in the list: so the page of a source is at most the one that its place
/// among all sources would have. The look begins there, and goes back only where it must.
struct StitchLook {
  let service: StitchService
  let budget: CallBudget
  var purpose: Purpose

  enum Purpose: Hashable, Sendable { case progress, safety, sweep }

  private var pages: [Int: [StitchExtractionRow]] = [:]
  private var lastPage: Int?
  private var calls = 0

  init(service: StitchService, budget: CallBudget, purpose: Purpose) {
    self.service = service
    self.budget = budget
    self.purpose = purpose
  }

  /// The last completed extraction of a source.
  ///
  /// - Parameter sources: the ids of all sources, sorted.
  mutating func extraction(
    of source: Int, client: Int, among sources: [Int]
  ) async throws(LookFailure) -> StitchExtraction? {
    var number = StitchPage<StitchExtractionRow>.count(of: sources.count { $0 <= source })
    if let lastPage { number = min(number, lastPage) }
    while number > 0 {
      let rows = try await page(number, client)
      if let row = rows.first(where: { $0.sourceID == source }) { return row.extraction }
      if let first = rows.first, first.sourceID < source { return nil }
      number = min(number - 1, lastPage ?? number)
    }
    return nil
  }

  /// The rows of one page, and whether it is the last.
  mutating func rows(
    onPage number: Int, client: Int
  ) async throws(LookFailure) -> (rows: [StitchExtractionRow], isLast: Bool) {
    let rows = try await page(number, client)
    return (rows, number >= lastPage ?? 1)
  }

  /// The same, for one source alone: the ids of the others are asked for first, which costs nothing of the budget.
  mutating func extraction(of source: Int, client: Int) async throws(LookFailure) -> StitchExtraction? {
    let sources: RowList<StitchSource>
    do throws(CallFailure) { sources = try await service.sources() } catch { throw .call(error) }
    return try await extraction(of: source, client: client, among: sources.places)
  }

  private mutating func page(_ number: Int, _ client: Int) async throws(LookFailure) -> [StitchExtractionRow] {
    if let known = pages[number] { return known }
    let page = try await call { service throws(CallFailure) in try await service.extractions(of: client, page: number) }
    pages[number] = page.data.rows
    lastPage = page.count
    return page.data.rows
  }

  mutating func loads(onPage number: Int, client: Int) async throws(LookFailure) -> StitchPage<StitchLoad> {
    try await call { service throws(CallFailure) in try await service.loads(of: client, page: number) }
  }

  private mutating func call<Value>(
    _ body: (StitchService) async throws(CallFailure) -> Value
  ) async throws(LookFailure) -> Value {
    guard try takeCall() else { throw .noCallsLeft }
    calls += 1
    do throws(CallFailure) { return try await body(service) } catch { throw .call(error) }
  }

  private func takeCall() throws(LookFailure) -> Bool {
    let purpose: CallBudget.Purpose =
      switch purpose {
      case .safety: .safety
      case .sweep: .sweep
      case .progress: .look(isFirst: calls == 0)
      }
    do throws(EngineError) { return try budget.take(for: purpose, at: service.now()) } catch { throw .engine(error) }
  }
}
