internal import Foundation
internal import PipelineModel

/// Everything that a supervisor has to be told, wherever it runs; secrets only by reference.
struct RunSpecification: Hashable, Codable, Sendable {
  static let currentVersion = 1

  var version: Int
  var order: StartOrder
  /// The pipeline's latest state, verbatim.
  var state: String?
  /// The pipeline's catalog, as its tap printed it.
  var catalog: String?
  /// Where the connectors run: the folder in which the run was ordered.
  var workingDirectory: String
  /// Where packages are installed, absolute; absent in what versions wrote that installed none.
  var connectorsFolder: String?
  var orderedAt: Timestamp
  /// How much of each end of a log is kept.
  var logBytes: Int

  init(
    order: StartOrder, state: String?, catalog: String?, workingDirectory: String, connectorsFolder: String? = nil,
    orderedAt: Timestamp, logBytes: Int = 8 << 20
  ) {
    version = Self.currentVersion
    self.order = order
    self.state = state
    self.catalog = catalog
    self.workingDirectory = workingDirectory
    self.connectorsFolder = connectorsFolder
    self.orderedAt = orderedAt
    self.logBytes = logBytes
  }

  init(reading directory: RunDirectory) throws {
    let bytes = try Files.contents(of: directory.specification)
    self = try JSONDecoder().decode(RunSpecification.self, from: Data(bytes))
  }

  func write(to directory: RunDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    try Files.replace(directory.specification, with: Array(try encoder.encode(self)))
  }
}
