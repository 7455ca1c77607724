internal import EngineAPI
internal import EngineHTTP
internal import Foundation
internal import PipelineModel

/// The last extraction of each source that pipectl did not start, as far as the list was read: a page now and then.
struct StitchSweep: Codable, Hashable, Sendable {
  /// When a page was read last.
  var readAt: Timestamp
  var nextPage = 1
  var runs: [Int: ForeignRun] = [:]

  /// Nil where none is known, and where it is one of our own.
  func run(of source: Int, besides receipts: [StitchReceipt]) -> ForeignRun? {
    runs[source].flatMap { run in receipts.contains { $0.isOrMayBe(run.id, of: source) } ? nil : run }
  }

  mutating func take(_ rows: [StitchExtractionRow], besides receipts: [StitchReceipt]) {
    for case let found? in rows.map(\.extraction) {
      guard !receipts.contains(where: { $0.isOrMayBe(found.jobName, of: found.sourceID) }) else { continue }
      runs[found.sourceID] = ForeignRun(
        id: found.jobName, startedAt: found.startedAt, endedAt: found.completedAt,
        outcome: found.outcome(afterStop: false))
    }
  }
}

extension StitchReceipt {
  /// Whether it is of that job, or is of one whose name is not known yet.
  fileprivate func isOrMayBe(_ job: String, of source: Int) -> Bool {
    guard self.source == source else { return false }
    return extraction?.jobName == job || self.job?.name == job || isOpen && self.job?.name == nil
  }
}

/// Where it is kept.
struct StitchSweeps: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  private static let key = "sweep"

  func last() throws(EngineError) -> StitchSweep? {
    let document = try memory.documents(of: engine).first { $0.key == Self.key }
    return document.flatMap { try? JSONDecoder().decode(StitchSweep.self, from: Data($0.text.utf8)) }
  }

  func keep(_ sweep: StitchSweep) throws(EngineError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(sweep) else {
      throw EngineError(.brokenInput, "what others had run cannot be written down", .terminal)
    }
    let text = String(decoding: data, as: UTF8.self)
    try memory.change(Self.key, of: engine) { _ in text }
  }
}
