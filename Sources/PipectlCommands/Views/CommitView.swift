import PipelineModel

/// What came of one version of the manifests that a controller followed.
struct CommitView: Codable, Hashable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Commit"
  /// Of a folder, a digest of what is in it.
  var commit: String
  var source: String
  var readAt: String
  /// `Applied`, `NothingToDo` or `Rejected`.
  var result: String
  /// The ids of what was done.
  var operations: [String]
  /// Why it was rejected, a sentence for each mistake.
  var mistakes: [String]

  init(_ record: CommitRecord) {
    commit = record.commit
    source = record.source.description
    readAt = record.readAt.description
    result = record.result.word
    operations = []
    mistakes = []
    switch record.result {
    case .applied(let ids): operations = ids.map(\.text)
    case .rejected(let sentences): mistakes = sentences
    case .nothingToDo: break
    }
  }

  /// - Parameter wide: with the source, the whole id and all mistakes.
  static func lines(_ views: [CommitView], wide: Bool, paint: Paint) -> [String] {
    var table = Table(["COMMIT", "READ", "RESULT", "WHAT CAME OF IT"] + (wide ? ["SOURCE"] : []))
    for view in views {
      let commit = wide ? view.commit : String(view.commit.prefix(12))
      table.add([commit, view.readAt, view.result, view.words(wide: wide)] + (wide ? [view.source] : []))
    }
    return table.lines(paint: paint)
  }

  private func words(wide: Bool) -> String {
    if wide && !mistakes.isEmpty { return mistakes.joined(separator: "; ").harmless }
    if let first = mistakes.first?.harmless {
      return mistakes.count == 1 ? first : "\(first) (and \(mistakes.count - 1) more)"
    }
    return operations.isEmpty ? "" : "\(operations.count) operation\(operations.count == 1 ? "" : "s")"
  }
}
