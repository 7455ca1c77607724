public import PipelineModel

extension Capabilities {
  /// Hevo Edge, by its interface, version 1. Dropping first is a resync that loads everything again.
  public static let hevo = Capabilities(
    engineType: "hevo", modes: [.incremental, .historical], scheduleOwner: .engine, canComplete: false,
    canDropDestinationFirst: true, concurrency: .perPipeline, startReceipt: .runIDLater, stopKey: .run,
    tailAfterStop: .guardTasksFinish, pause: .unitDisabled,
    schedules: ScheduleAbility(
      stepsWithin: .init(TimeSpan(seconds: 60)...TimeSpan(seconds: 86_400), unit: TimeSpan(seconds: 60)),
      takesAnchor: false, cron: .none),
    credentials: ["key", "secret"], billsLoaded: true)
}
