public import EngineAPI

extension ImportableObject {
  /// What an engine tells of in a way that is not understood: it is passed over, and the others are taken.
  public init(odd row: OddRow) {
    let id = row.id ?? "?"
    self.init(id: id, displayName: id, standing: .passedOver("what is told of it cannot be read: \(row.words)"))
  }
}
