public import Diagnostics

/// Where the values of a compiled pipeline come from.
public struct Origins: Hashable, Sendable {
  /// Sorted by path.
  public let entries: [Entry]

  /// A field of the spec (`schedule.cron`, `streams[0].key`, `source.config.host`), or `labels.…` and `protected`.
  public struct Entry: Hashable, Sendable {
    public let path: String
    public let origin: Origin
  }

  init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.path < $1.path }
  }

  /// The place of a field, named with or without `spec.` or `metadata.` before it; where it is not written, the place of what it
  /// belongs to.
  public func range(of path: String) -> SourceRange? {
    let prefixes = ["spec.", "metadata."]
    var path = Substring(path)
    if let prefix = prefixes.first(where: { path.hasPrefix($0) }) { path = path.dropFirst(prefix.count) }
    while true {
      if let entry = entry(String(path)) { return entry.origin.range }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<end]
    }
  }

  private func entry(_ path: String) -> Entry? {
    var bounds = 0..<entries.count
    while !bounds.isEmpty {
      let middle = (bounds.lowerBound + bounds.upperBound) / 2
      if entries[middle].path == path { return entries[middle] }
      bounds = entries[middle].path < path ? middle + 1..<bounds.upperBound : bounds.lowerBound..<middle
    }
    return nil
  }
}
