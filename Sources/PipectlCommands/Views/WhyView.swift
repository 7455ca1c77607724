import PipelineModel

/// Why a pipeline does what it does, or does nothing: facts, the decisive one first.
struct WhyView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Explanation"
  var pipeline: String
  /// What would happen next if `pipectl apply` ran now; of the planner's own making.
  var decision: String
  var facts: [Fact]
  /// Newest first.
  var requests: [RequestView]

  struct Fact: Codable, Hashable {
    /// One word, stable, for machines.
    var type: String
    var message: String
    /// Since when, or when it comes.
    var at: String?
    /// `pipelines/orders.yaml:14`.
    var place: String?
    /// What to do about it.
    var help: String?
  }

  func text(now: Timestamp, paint: Paint) -> String {
    var lines = [paint.bold("\(pipeline): \(decision)")]
    for fact in facts {
      let place = fact.place.map { "  (\($0))" } ?? ""
      let at = fact.at.map { "  \(beside($0, now))" } ?? ""
      lines.append("  - \(fact.message)\(at)\(place)")
      if let help = fact.help { lines.append("    " + paint.faint(help)) }
    }
    if !requests.isEmpty {
      lines += ["", "Requests, newest first:"] + RequestView.lines(requests, indent: "  ", paint: paint)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
