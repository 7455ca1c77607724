internal import Foundation
internal import PipelineModel

/// A stop as its controller left it in the run directory; the supervisor finds it there, now or later.
struct StopRecord: Hashable, Codable, Sendable {
  var order: StopOrder
  var at: Timestamp

  init(order: StopOrder, at: Timestamp) {
    self.order = order
    self.at = at
  }

  /// Nil where nobody asked.
  static func read(from directory: RunDirectory) throws -> StopRecord? {
    guard let bytes = try Files.contentsIfPresent(of: directory.stop) else { return nil }
    return try JSONDecoder().decode(StopRecord.self, from: Data(bytes))
  }

  func write(to directory: RunDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try Files.replace(directory.stop, with: Array(try encoder.encode(self)))
  }

  /// Whether another order would change anything: a cancel ends more than a complete, and nothing ends more than a cancel.
  func isSurpassed(by other: StopOrder) -> Bool { order.kind == .complete && other.kind == .cancel }
}
