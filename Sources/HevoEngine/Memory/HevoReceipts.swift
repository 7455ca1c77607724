internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// The receipts of an engine, in the state folder.
struct HevoReceipts: Sendable {
  let engine: EngineName
  let memory: any EngineMemory

  private static let prefix = "receipt/"

  /// Sorted by run.
  func all() throws(EngineError) -> [HevoReceipt] {
    var receipts: [HevoReceipt] = []
    for document in try memory.documents(of: engine) where document.key.hasPrefix(Self.prefix) {
      receipts.append(try read(document))
    }
    return receipts.sorted { $0.run < $1.run }
  }

  func receipt(of run: RunID) throws(EngineError) -> HevoReceipt? {
    let key = Self.prefix + run.description
    guard let document = try memory.documents(of: engine).first(where: { $0.key == key }) else { return nil }
    return try read(document)
  }

  func keep(_ receipt: HevoReceipt) throws(EngineError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(receipt) else {
      throw EngineError(.brokenInput, "the receipt of run \(receipt.run) cannot be written", .terminal)
    }
    let text = String(decoding: data, as: UTF8.self)
    try memory.change(Self.prefix + receipt.run.description, of: engine) { _ in text }
  }

  func remove(_ run: RunID) throws(EngineError) {
    try memory.change(Self.prefix + run.description, of: engine) { _ in nil }
  }

  private func read(_ document: EngineDocument) throws(EngineError) -> HevoReceipt {
    do {
      return try JSONDecoder().decode(HevoReceipt.self, from: Data(document.text.utf8))
    } catch {
      throw EngineError(
        .unavailable,
        "the state folder's `\(document.key)` of engine `\(engine)` cannot be read; was it written by a newer pipectl?",
        .retryable)
    }
  }
}
