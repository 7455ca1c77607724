public import EngineAPI
internal import EngineHTTP
internal import Foundation
public import PipelineModel

extension StitchEngine {
  /// Writes what is declared and differs, and reads back that it is so. Repeating it writes nothing.
  public func write(_ order: SettingsOrder) async throws(EngineError) {
    let settings = try StitchSettings(order)
    let source = try await read(try sourceID(order.id))
    if let update = try update(of: source, to: settings) { try await send(update, settings, to: source) }
    if let rules = order.streams { try await select(rules, of: source.id) }
  }

  private func send(
    _ update: String, _ settings: StitchSettings, to source: StitchSource
  ) async throws(EngineError) {
    let answer: StitchSource
    do throws(CallFailure) { answer = try await service.update(source.id, update) } catch { throw EngineError(error) }
    try confirm(answer, after: source, settings)
  }

  private func read(_ id: Int) async throws(EngineError) -> StitchSource {
    do throws(CallFailure) {
      return try await service.source(id)
    } catch {
      throw error.kind == .refused ? EngineError(error) : EngineError(.unavailable, error.message, .retryable)
    }
  }

  /// The keys that change, and no others; nil where none does.
  private func update(of source: StitchSource, to settings: StitchSettings) throws(EngineError) -> String? {
    var body: [String: Any] = [:]
    let properties = settings.properties(differingFrom: source)
    if !properties.isEmpty { body["properties"] = properties.mapValues { $0 as Any? ?? NSNull() } }
    if settings.pauseDiffers(from: source) {
      body["paused_at"] = settings.isPaused == true ? service.now().description : NSNull()
    }
    guard !body.isEmpty else { return nil }
    guard let data = try? JSONSerialization.data(withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes])
    else { throw EngineError(.brokenInput, "the settings of source \(source.id) cannot be written as JSON", .terminal) }
    return String(decoding: data, as: UTF8.self)
  }

  /// Whether an update merges is shown by an example of Stitch's alone: so what was not sent has to be there still.
  private func confirm(
    _ answer: StitchSource, after before: StitchSource, _ settings: StitchSettings
  ) throws(EngineError) {
    var left = settings.properties(differingFrom: answer).keys.sorted()
    if settings.pauseDiffers(from: answer) { left.append("paused_at") }
    guard left.isEmpty else {
      let paths = left.joined(separator: ", ")
      throw EngineError(
        .refused, "Stitch took the update of source \(before.id) and left \(paths) as it was", .terminal)
    }
    let vanished = before.properties.filter { $0.value != .null && answer.properties[$0.key] ?? .null == .null }.keys
    let lost = vanished.filter { $0 != "cron_expression" }.sorted()
    guard lost.isEmpty else {
      throw EngineError(
        .refused,
        "after the update of source \(before.id) Stitch no longer has \(lost.joined(separator: ", ")): see to it in Stitch",
        .terminal)
    }
  }
}
