public import PipelineModel

extension Capabilities {
  /// Stitch, by its Connect API.
  public static let stitch = Capabilities(
    engineType: "stitch", modes: [.incremental], scheduleOwner: .engine, canComplete: false,
    canDropDestinationFirst: false, concurrency: .perPipeline, startReceipt: .runID, stopKey: .unit,
    tailAfterStop: .loadsContinue, pause: .schedulerOnly,
    schedules: ScheduleAbility(
      steps: [1, 30, 60, 360, 720, 1440].map { TimeSpan(seconds: $0 * 60) }, anchoredFrom: TimeSpan(seconds: 3600),
      cron: .oneDayField, isUTCOnly: true, canBeAbsent: false),
    selectsStreams: true,
    credentials: ["token"])
}
