internal import PipelineModel

/// The bookmarks that a change of spec makes useless.
///
/// Another source connector makes all of them useless, and so does another kind of destination, which holds nothing yet; another
/// key or replication those of its streams. A change of a connector's settings alone keeps them, and so does a newer version of
/// the destination's. What a command did in between is not known, so states from before it are of no use after it.
func staleBookmarks(from old: PipelineSpec, to new: PipelineSpec) -> BookmarkScope {
  guard case .replication(let after) = new.work else { return .streams([]) }
  guard case .replication(let before) = old.work else { return old.work.commandJob == nil ? .streams([]) : .all }
  guard before.source.connector == after.source.connector,
    before.destination.connector.program == after.destination.connector.program
  else { return .all }
  let reading = { (streams: StreamSelection) -> [String: StreamRule] in
    guard case .only(let rules) = streams else { return [:] }
    return Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
  let (was, becomes) = (reading(before.streams), reading(after.streams))
  let changed = Set(was.keys).union(becomes.keys).filter { name in
    was[name]?.replication != becomes[name]?.replication || was[name]?.key != becomes[name]?.key
  }
  return .streams(changed.sorted())
}

/// Whether the catalog that is stored may no longer be what the tap would say.
func needsDiscovery(from old: PipelineSpec, to new: PipelineSpec) -> Bool {
  guard case .replication(let after) = new.work else { return false }
  guard case .replication(let before) = old.work else { return true }
  return before.source != after.source
}

extension Connector {
  /// What it runs, whatever its version.
  fileprivate var program: String {
    switch self {
    case .executable(let path): String(path.split(separator: "/").last ?? "")
    case .package(let requirement, let executable):
      executable ?? PackageRequirement(requirement)?.habitualProgram ?? requirement
    case .builtin(let name): "builtin/\(name)"
    }
  }
}

extension BookmarkScope {
  func union(_ other: BookmarkScope) -> BookmarkScope {
    switch (self, other) {
    case (.all, _), (_, .all): .all
    case (.streams(let left), .streams(let right)): .streams(Set(left).union(right).sorted())
    }
  }
}
