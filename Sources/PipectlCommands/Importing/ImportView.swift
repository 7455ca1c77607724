import EngineAPI
import PipelineModel

/// What `import` did, or would do.
struct ImportView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Import"
  var engine: String
  /// The folder.
  var out: String
  var dryRun: Bool
  var items: [Item]
  /// The manifest of the engine, where there was none; absent otherwise.
  var engineFile: String?
  /// How many of the pipelines are recorded as those of this state folder; absent where that was not asked for.
  var recorded: Int?
  /// What the imported manifests refer to, and what therefore has to be there wherever pipectl runs.
  var secrets: [ImportSecret]
  /// What no manifest says, and what stays at the engine as it is.
  var staysThere: [String]

  struct Item: Codable {
    var id: String
    var displayName: String
    /// In the engine's words.
    var type: String?
    var outcome: ImportItem.Outcome
    var pipeline: String?
    var file: String?
    var message: String?
    /// What a manifest cannot say of it.
    var remarks: [String]
  }
}

extension ImportView.Item {
  init(_ item: ImportItem) {
    self.init(
      id: item.object.id, displayName: item.object.displayName, type: item.object.type, outcome: item.outcome,
      pipeline: item.pipeline, file: item.file, message: item.message, remarks: item.object.remarks)
  }
}

extension ImportView {
  func text(paint: Paint) -> String {
    var table = Table(["OUTCOME", "ID", "PIPELINE", "FILE", "NAME"])
    for item in items {
      table.add([
        item.outcome.title(dryRun: dryRun), item.id.harmless, item.pipeline ?? "-", item.file ?? "-",
        item.shortName,
      ])
    }
    var lines = items.isEmpty ? [] : table.lines(paint: paint)
    lines += section("What its manifest does not say:", items.flatMap(remarkLines))
    lines += section("Left alone:", items.compactMap(messageLine))
    lines += section("To fill in, wherever pipectl runs:", secrets.map(\.line))
    if !staysThere.isEmpty { lines += ["", "Stays at the engine as it is: \(listed(staysThere))."] }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", title] + lines.map { "  " + $0 }
  }

  private func remarkLines(_ item: Item) -> [String] {
    guard item.outcome != .passedOver else { return [] }
    return item.remarks.map { "\(item.pipeline ?? item.id) (\(item.id)): \($0.harmless)" }
  }

  private func messageLine(_ item: Item) -> String? {
    item.message.map { "\(item.pipeline ?? item.shortName) (\(item.id)): \($0.harmless)" }
  }

  /// `2 written, 1 unchanged`.
  var counts: String {
    let counted = ImportItem.Outcome.allCases.compactMap { outcome -> String? in
      let count = items.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(grouped(Int64(count))) \(outcome.title(dryRun: dryRun))"
    }
    return counted.isEmpty ? "nothing to import" : counted.joined(separator: ", ")
  }
}

extension ImportView.Item {
  /// As a table has room for it.
  fileprivate var shortName: String {
    let name = displayName.harmless
    return name.count > 50 ? name.prefix(49) + "…" : name
  }
}

extension ImportItem.Outcome {
  fileprivate func title(dryRun: Bool) -> String {
    switch self {
    case .written: dryRun ? "to be written" : "written"
    case .overwritten: dryRun ? "to be overwritten" : "overwritten"
    case .unchanged: "unchanged"
    case .kept: "kept"
    case .ownedElsewhere: "owned elsewhere"
    case .passedOver: "passed over"
    case .refused: "refused"
    }
  }
}

extension ImportSecret {
  fileprivate var line: String {
    "\(reference)\(isThere ? "" : " (not there)"), for \(listed(usedBy))"
  }
}
