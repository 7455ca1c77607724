import PipelineModel
import SingerProtocol

/// One version of a pipeline's state.
struct StateVersionView: Codable, Hashable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "State"
  var pipeline: String
  /// How `state rollback --to` names it.
  var version: String
  var at: String
  /// The run that confirmed it; absent where it was set by hand.
  var run: String?
  var reason: String?
  /// Whether the next run begins without a state.
  var isEmpty: Bool
  /// Sorted by stream; empty where the tap keeps its state in another way.
  var bookmarks: [Bookmark]
  /// Verbatim, as the target printed it.
  var state: String?

  struct Bookmark: Codable, Hashable {
    var stream: String
    /// JSON on one line.
    var value: String

    /// Of the customary kind, only the key and where it is.
    var summary: String {
      guard let object = try? JSONValue(parsing: value), let key = object["replication_key"]?.stringValue,
        let position = object["replication_key_value"]
      else { return value }
      return "\(key)=\(position.stringValue ?? position.text)"
    }
  }
}

extension StateVersionView {
  init(_ version: StateVersion) {
    let document = version.text.flatMap { try? StateDocument($0) }
    self.init(
      pipeline: version.pipeline.text, version: version.origin.reference, at: version.at.description,
      isEmpty: version.text == nil,
      bookmarks: document?.bookmarks.map { Bookmark(stream: $0.stream, value: $0.value.text) } ?? [],
      state: version.text)
    switch version.origin {
    case .run(let run, _): self.run = run.description
    case .command(_, let reason): self.reason = reason
    }
  }

  /// On one line: which version, and where each stream is.
  var line: String { "\(version): \(digest)" }

  /// What it says, on one line.
  var digest: String {
    guard let state else { return "none; the next run begins without a state" }
    if bookmarks.isEmpty { return shortened(state) }
    return listed(bookmarks.map { "\($0.stream) \(shortened($0.summary))" })
  }

  /// For a person: where each stream is.
  func text(paint: Paint) -> String {
    let origin = run ?? "set by hand" + (reason.map { ": \($0)" } ?? "")
    var lines =
      [paint.bold("State of \(pipeline)") + "  version \(version)"] + labelled([("At", at), ("From", origin)])
    if let state {
      if bookmarks.isEmpty {
        lines += ["", "  " + state]
      } else {
        var table = Table(["STREAM", "BOOKMARK"])
        for bookmark in bookmarks { table.add([bookmark.stream, bookmark.value]) }
        lines += [""] + table.lines(indent: "  ", paint: paint)
      }
    } else {
      lines += ["", "  The next run begins without a state."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "..." : text }

  /// A table of versions.
  static func lines(_ versions: [StateVersionView], namesPipelines: Bool = false, paint: Paint) -> [String] {
    var table = Table((namesPipelines ? ["PIPELINE"] : []) + ["VERSION", "AT", "FROM", "STATE"])
    for view in versions {
      let origin = view.run ?? "by hand" + (view.reason.map { ": \($0)" } ?? "")
      table.add((namesPipelines ? [view.pipeline] : []) + [view.version, view.at, origin, view.digest])
    }
    return table.lines(paint: paint)
  }
}

extension StateVersion.Origin {
  /// Names a version within its pipeline: `orders.17/3`, the third state of that run, or the instant at which it was set by hand.
  var reference: String {
    switch self {
    case .run(let run, let sequence): "\(run)/\(sequence)"
    case .command(let instant, _): instant.description
    }
  }

  /// Whether a user's words name it; a run's id names the last state of that run, if asked newest first.
  func isNamed(_ words: String) -> Bool {
    if words == reference { return true }
    if case .run(let run, _) = self { return words == run.description }
    return false
  }
}
