internal import Foundation
internal import PipelineModel

/// An entry with its time, as one line of a journal.
struct JournalLine: Hashable, Codable, Sendable {
  static let currentVersion = 1

  var version: Int
  var at: Timestamp
  var entry: JournalEntry

  init(at: Timestamp, entry: JournalEntry) {
    version = Self.currentVersion
    self.at = at
    self.entry = entry
  }

  /// Nil for a line that was torn by a crash, or that a later version wrote and this one does not know.
  init?(line: some Collection<UInt8>) {
    guard let line = try? JSONDecoder().decode(JournalLine.self, from: Data(line)) else { return nil }
    self = line
  }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}
