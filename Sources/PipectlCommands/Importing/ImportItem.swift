import EngineAPI

/// What becomes of one object of an import.
struct ImportItem: Sendable {
  var object: ImportableObject
  var outcome: Outcome
  /// The pipeline that stands for it; absent where none does.
  var pipeline: String?
  /// The file of its manifest; absent where there is none.
  var file: String?
  /// What is to be in the file.
  var text: String?
  /// Why it is as it is, where that is not plain.
  var message: String?

  /// Stable, for machines.
  enum Outcome: String, Codable, Sendable, CaseIterable {
    case written = "Written"
    /// In place of a manifest that said something else.
    case overwritten = "Overwritten"
    /// Its file is there, byte for byte.
    case unchanged = "Unchanged"
    /// A manifest stands for it already, which somebody wrote otherwise or elsewhere.
    case kept = "Kept"
    /// A pipeline of another source stands for it.
    case ownedElsewhere = "OwnedElsewhere"
    /// There is nothing to take over.
    case passedOver = "PassedOver"
    /// No manifest that can be written stands for it.
    case refused = "Refused"
  }

  /// Whether its manifest is the one that the import makes.
  var isTaken: Bool {
    switch outcome {
    case .written, .overwritten, .unchanged: true
    case .kept, .ownedElsewhere, .passedOver, .refused: false
    }
  }

  /// Whether its file is to be written.
  var isNew: Bool { outcome == .written || outcome == .overwritten }
}
