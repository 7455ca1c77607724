internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

/// What a manifest declares of a pipeline, in Hevo's terms; what it leaves out stays as it is.
struct HevoSettings: Hashable, Sendable {
  var schedule: Cadence?
  var isPaused: Bool?
  /// Whether pausing ends what runs.
  var cancelsRun: Bool

  enum Cadence: Hashable, Sendable {
    case onDemand
    case every(minutes: Int64)
  }

  /// What Hevo cannot keep is a mistake at its line; here it is only not passed on.
  init(_ order: SettingsOrder) throws(EngineError) {
    isPaused = order.isPaused
    cancelsRun = order.cancelsRun
    schedule = order.endsSchedule ? .onDemand : nil
    if let declared = order.schedule { schedule = try Self.cadence(of: declared) }
  }

  private static func cadence(of schedule: Schedule) throws(EngineError) -> Cadence {
    guard case .every(let span, nil) = schedule.cadence, span.milliseconds % 60_000 == 0 else {
      throw EngineError(
        .brokenInput, "Hevo runs a pipeline on demand, or every so many minutes, and keeps no other schedule", .terminal
      )
    }
    return .every(minutes: span.milliseconds / 60_000)
  }

  /// The update that is needed; nil where none is.
  func scheduleUpdate(of held: HevoSchedule?) -> String? {
    switch schedule {
    case nil: return nil
    case .onDemand where held?.kind == .known(.onDemand): return nil
    case .onDemand: return #"{"schedule":{"sync_type":"ON_DEMAND"}}"#
    case .every(let minutes):
      if held?.kind == .known(.scheduled), Int64(held?.minutes ?? 60) == minutes { return nil }
      return #"{"schedule":{"frequency_minutes":\#(minutes),"sync_type":"SCHEDULED"}}"#
    }
  }
}
