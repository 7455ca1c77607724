internal import Foundation
internal import PipelineModel

/// What has to change in one stream to be as it is declared: only what differs.
struct StitchStreamUpdate: Hashable, Sendable {
  let stream: String
  private(set) var entries: [Entry] = []

  struct Entry: Hashable, Sendable {
    var breadcrumb: [String]
    var isSelected: Bool?
    var method: String?
    var key: String?
  }

  /// - Parameters:
  ///   - rule: absent where none matches: the stream is not replicated.
  ///   - detail: absent where the rule says nothing that only it can tell.
  init(_ stream: StitchStream, rule: StreamRule?, detail: StitchStreamDetail?) {
    self.stream = stream.tapID
    var root = Entry(breadcrumb: [])
    let isSelected = stream.isSelected ?? false
    if isSelected != (rule != nil) { root.isSelected = rule != nil }
    let method = rule?.replication?.stitchWord
    if let method, method != detail?.root?.method { root.method = method }
    if let key = rule?.key, key != detail?.root?.key { root.key = key }
    if root != Entry(breadcrumb: []) { entries.append(root) }
    guard let rule, rule.fields != nil, let detail else { return }
    for (name, facts) in detail.fields where facts.inclusion == "available" {
      let isWanted = rule.wants(name) || name == rule.key
      if isWanted != facts.counts { entries.append(Entry(breadcrumb: ["properties", name], isSelected: isWanted)) }
    }
  }

  /// In words, each change as what is the case now.
  var differences: [String] {
    entries.flatMap { entry -> [String] in
      let place = entry.breadcrumb.isEmpty ? "`\(stream)`" : "`\(stream).\(entry.breadcrumb.last ?? "")`"
      return [
        entry.isSelected.map { place + ($0 ? " is not selected" : " is selected") },
        entry.method.map { "\(place) is not replicated by \($0)" },
        entry.key.map { "\(place) has another key than `\($0)`" },
      ].compactMap(\.self)
    }
  }

  /// As the call that updates streams takes it.
  var json: [String: Any] {
    [
      "tap_stream_id": stream,
      "metadata": entries.map { entry -> [String: Any] in
        var facts: [String: Any] = [:]
        if let isSelected = entry.isSelected { facts["selected"] = isSelected }
        if let method = entry.method { facts["replication-method"] = method }
        if let key = entry.key { facts["replication-key"] = key }
        return ["breadcrumb": entry.breadcrumb, "metadata": facts]
      },
    ]
  }
}

extension StreamRule {
  /// Whether the list of streams does not tell all that it declares.
  var needsDetail: Bool { replication != nil || key != nil || fields != nil }
}

extension ReplicationMethod {
  fileprivate var stitchWord: String {
    switch self {
    case .incremental: "INCREMENTAL"
    case .fullTable: "FULL_TABLE"
    case .logBased: "LOG_BASED"
    }
  }
}
