internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// Writes a pipeline's stream selection into a catalog, and takes useless bookmarks out of a state.
enum StreamChoice {
  /// The catalog with its selection.
  static func catalog(_ text: String, _ selection: StreamSelection, mode: RunMode) throws(Failure) -> String {
    let catalog: Catalog
    do {
      catalog = try Catalog(parsing: Array(text.utf8))
    } catch {
      throw Failure(.catalogRefused, "the catalog cannot be used: \(error)")
    }
    let result = SingerProtocol.select(catalog, rules(selection, mode))
    let problems = result.problems.filter { !isHarmless($0, mode) }
    guard problems.isEmpty else {
      throw Failure(.catalogRefused, problems.map(\.description).joined(separator: "; "))
    }
    guard !result.streams.isEmpty else {
      throw Failure(
        .catalogRefused,
        "the tap offers no stream: the catalog that its discovery printed is empty, so look at what its `config` names, and at what its user "
          + "may see there")
    }
    return result.catalog.text
  }

  static func rules(_ selection: StreamSelection, _ mode: RunMode) -> SelectionRules {
    switch (selection, mode) {
    case (.all, .snapshot): .rules([SelectionRule(pattern: "*", method: .fullTable)])
    case (.all, .incremental), (.all, .historical), (.all, .continuous): .all
    case (.only(let rules), _): .rules(rules.map { rule($0, mode) })
    }
  }

  private static func rule(_ rule: StreamRule, _ mode: RunMode) -> SelectionRule {
    guard mode != .snapshot else {
      return SelectionRule(pattern: rule.name, fields: rule.fields, method: .fullTable)
    }
    return SelectionRule(
      pattern: rule.name, fields: rule.fields, method: rule.replication.map(method), key: rule.key)
  }

  private static func method(_ method: PipelineModel.ReplicationMethod) -> SingerProtocol.ReplicationMethod {
    switch method {
    case .incremental: .incremental
    case .fullTable: .fullTable
    case .logBased: .logBased
    }
  }

  /// A tap that insists on its own method reads everything too when it is given no state.
  static func isHarmless(_ problem: SelectionProblem, _ mode: RunMode) -> Bool {
    guard mode == .snapshot, case .unsupportedMethod = problem else { return false }
    return true
  }

  /// The state without the bookmarks of that scope; nil where nothing of use is left.
  static func state(_ text: String, without scope: BookmarkScope) -> String? {
    switch scope {
    case .all: return nil
    case .streams(let patterns):
      guard !patterns.isEmpty else { return text }
      // A state that cannot be read cannot be freed of a bookmark: everything is read again rather than too little.
      guard let document = try? StateDocument(text) else { return nil }
      let stale = document.bookmarks.map(\.stream).filter { name in patterns.contains { matches(name, $0) } }
      return document.removingBookmarks(of: stale).text
    }
  }

  /// `*` and `?` only.
  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let escaped = pattern.map { $0 == "[" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return name == pattern || fnmatch(escaped, name, 0) == 0
  }
}
