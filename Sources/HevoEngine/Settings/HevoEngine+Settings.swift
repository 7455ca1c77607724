public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension HevoEngine {
  /// Writes what is declared and differs, and reads back that it is so. Repeating it writes nothing.
  public func write(_ order: SettingsOrder) async throws(EngineError) {
    let settings = try HevoSettings(order)
    let pipeline = try await read(order.id)
    if let update = settings.scheduleUpdate(of: pipeline.schedule) { try await setSchedule(update, pipeline, settings) }
    if let isPaused = settings.isPaused { try await turn(pipeline, off: isPaused, settings) }
  }

  private func setSchedule(
    _ update: String, _ pipeline: HevoPipeline, _ settings: HevoSettings
  ) async throws(EngineError) {
    do throws(CallFailure) { try await service.setSchedule(of: pipeline.id, update) } catch { throw EngineError(error) }
    let seen = try await read(pipeline.id)
    guard settings.scheduleUpdate(of: seen.schedule) == nil else {
      throw EngineError(.refused, "Hevo took the schedule of \(pipeline.words) and left it as it was", .terminal)
    }
  }

  /// Hevo does what a switch is to do in a moment of its own, in which it is not touched.
  private func turn(_ pipeline: HevoPipeline, off: Bool, _ settings: HevoSettings) async throws(EngineError) {
    switch (pipeline.position, off) {
    case (.off, true), (.turningOff, true), (.on, false), (.turningOn, false): return
    case (.turningOff, false), (.turningOn, true), (.busy, _):
      let status = pipeline.status?.word ?? ""
      throw EngineError(
        .unavailable, "\(pipeline.words) is on its way in Hevo (\(status)); it is tried again", .retryable)
    case (.gone, _): throw EngineError(.refused, "\(pipeline.words) is deleted in Hevo", .terminal)
    case (.on, true), (.broken, true): try await send(pipeline, off: true, cancelsRun: settings.cancelsRun)
    case (.off, false), (.broken, false): try await send(pipeline, off: false, cancelsRun: false)
    case (nil, _): try await send(pipeline, off: off, cancelsRun: off && settings.cancelsRun)
    }
  }

  /// An answer that was lost is made up for by looking.
  private func send(_ pipeline: HevoPipeline, off: Bool, cancelsRun: Bool) async throws(EngineError) {
    let failure = await CallFailure.of { () async throws(CallFailure) in
      if off {
        try await service.disable(pipeline.id, cancelsJobs: cancelsRun)
      } else {
        try await service.enable(pipeline.id)
      }
    }
    guard let failure else { return }
    guard failure.mayHaveBeenTaken || failure.answer?.status == 409 else { throw EngineError(failure) }
    let position = (try? await read(pipeline.id))?.position
    let isTaken = off ? position == .off || position == .turningOff : position == .on || position == .turningOn
    guard isTaken else { throw EngineError(failure) }
  }
}
