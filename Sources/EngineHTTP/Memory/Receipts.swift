public import EngineAPI
internal import Foundation
public import PipelineModel

/// The receipts of an engine, in the state folder.
public struct Receipts<Kept: Receipt>: Sendable {
  public let engine: EngineName
  private let memory: any EngineMemory

  public init(engine: EngineName, memory: any EngineMemory) {
    self.engine = engine
    self.memory = memory
  }

  /// Sorted by run.
  public func all() throws(EngineError) -> [Kept] {
    var receipts: [Kept] = []
    for document in try memory.documents(of: engine) where document.key.hasPrefix(prefix) {
      receipts.append(try read(document))
    }
    return receipts.sorted { $0.run < $1.run }
  }

  public func receipt(of run: RunID) throws(EngineError) -> Kept? {
    let key = prefix + run.description
    guard let document = try memory.documents(of: engine).first(where: { $0.key == key }) else { return nil }
    return try read(document)
  }

  public func keep(_ receipt: Kept) throws(EngineError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(receipt) else {
      throw EngineError(.brokenInput, "the receipt of run \(receipt.run) cannot be written", .terminal)
    }
    let text = String(decoding: data, as: UTF8.self)
    try memory.change(prefix + receipt.run.description, of: engine) { _ in text }
  }

  public func remove(_ run: RunID) throws(EngineError) {
    try memory.change(prefix + run.description, of: engine) { _ in nil }
  }

  /// Has a run that is over be said of no more.
  public func retire(_ run: RunID) throws(EngineError) {
    guard var receipt = try receipt(of: run), !receipt.isOpen else { return }
    receipt.isRetired = true
    try keep(receipt)
  }

  /// Lets go of runs that are retired, and of those that are not known.
  public func discard(_ runs: [RunID]) -> DiscardedRuns {
    var discarded = DiscardedRuns(gone: [])
    for run in runs {
      do throws(EngineError) {
        let receipt = try receipt(of: run)
        if let receipt, !receipt.isRetired { continue }
        if receipt != nil { try remove(run) }
        discarded.gone.append(run)
      } catch {
        discarded.left.append(DiscardedRuns.Left(run: run, reason: error.message))
      }
    }
    return discarded
  }

  private var prefix: String { "receipt/" }

  private func read(_ document: EngineDocument) throws(EngineError) -> Kept {
    do {
      return try JSONDecoder().decode(Kept.self, from: Data(document.text.utf8))
    } catch {
      throw EngineError(
        .unavailable,
        "the state folder's `\(document.key)` of engine `\(engine)` cannot be read; was it written by a newer pipectl?",
        .retryable)
    }
  }
}
