import LocalEngine

/// What `connectors prune` removed, would remove, and had to leave.
struct PruneView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "ConnectorPruning"
  var dryRun: Bool
  var items: [Item]

  struct Item: Codable {
    var name: String
    var requirement: String?
    var bytes: Int64
    var outcome: Outcome

    init(_ installed: ConnectorInstallation, _ outcome: Outcome) {
      name = installed.name
      requirement = installed.requirement
      bytes = installed.bytes
      self.outcome = outcome
    }
  }

  enum Outcome: String, Codable {
    case removed = "Removed"
    case wouldBeRemoved = "WouldBeRemoved"
    case inUse = "InUse"

    fileprivate var words: String {
      switch self {
      case .removed: "removed"
      case .wouldBeRemoved: "would be removed"
      case .inUse: "in use, and left"
      }
    }
  }

  init(items: [Item], isDryRun: Bool) {
    self.items = items
    dryRun = isDryRun
  }

  var text: String {
    items.map { "\($0.requirement ?? $0.name): \($0.outcome.words) (\(byteText($0.bytes)))\n" }.joined()
  }

  var sentence: String {
    let gone = items.filter { $0.outcome != .inUse }
    let bytes = byteText(gone.reduce(0) { $0 + $1.bytes })
    if items.isEmpty { return "Nothing to remove." }
    return dryRun
      ? "Dry run: \(counted(gone.count, "installation")) would be removed (\(bytes)), and nothing was."
      : "Removed \(counted(gone.count, "installation")) (\(bytes))."
  }
}
