internal import PipelineModel

extension HeldDefinition {
  init(_ source: StitchSource, streams: HeldStreams?, lastForeignRun: ForeignRun?) {
    self.init(
      id: String(source.id), schedule: HeldSchedule(source), isPaused: source.pausedAt != nil,
      hold: source.systemPausedAt.map { "Stitch itself has paused it since \($0)" },
      startsNone: source.whyNoneStarts, stopsUnseen: Capabilities.stitch.stopsUnseen, streams: streams,
      lastForeignRun: lastForeignRun)
  }
}

extension HeldSchedule {
  /// Cron wins over a frequency. What `schedule` says is not looked at: it is null for some sources that have one.
  init(_ source: StitchSource) {
    if let text = source.property("cron_expression") {
      self = CronExpression(quartz: text).map { .cadence(.cron($0)) } ?? .other(text)
    } else if let text = source.property("frequency_in_minutes") {
      guard let minutes = Int64(text) else {
        self = .other("frequency_in_minutes \(text)")
        return
      }
      let anchor = source.property("anchor_time").flatMap { Timestamp(rfc3339: $0) }
      self = .cadence(.every(TimeSpan(seconds: minutes * 60), anchor: anchor))
    } else {
      self = .none
    }
  }
}
