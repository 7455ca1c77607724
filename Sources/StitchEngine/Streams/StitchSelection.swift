internal import EngineHTTP
internal import PipelineModel

/// How the streams of a source compare with what is declared of them.
struct StitchSelection: Hashable, Sendable {
  /// Of the streams that differ, sorted by name.
  var updates: [StitchStreamUpdate]
  /// Declared by name, and not there.
  var missing: [String]

  var differences: [String] {
    (missing.map { "there is no stream `\($0)`" } + updates.flatMap(\.differences)).sorted()
  }

  /// One call for the list, and one for each stream of which more is declared than that it is replicated.
  init(of source: Int, as rules: [StreamRule], _ service: StitchService) async throws(CallFailure) {
    let streams = try await service.streams(of: source).sorted { $0.tapID < $1.tapID }
    updates = []
    for stream in streams {
      let rule = rules.rule(for: stream.tapID)
      let detail: StitchStreamDetail? =
        rule?.needsDetail == true ? try await service.stream(stream.id, of: source) : nil
      let update = StitchStreamUpdate(stream, rule: rule, detail: detail)
      if !update.entries.isEmpty { updates.append(update) }
    }
    missing = rules.filter { rule in rule.isExact && !streams.contains { $0.tapID == rule.name } }.map(\.name).sorted()
  }
}
