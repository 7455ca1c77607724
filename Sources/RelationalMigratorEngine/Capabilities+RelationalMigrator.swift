public import PipelineModel

extension Capabilities {
  /// MongoDB Relational Migrator, by its REST API. Continuous jobs left the public tool with 1.15, so an instance that has them says so.
  public static let relationalMigrator = Capabilities(
    engineType: "relational-migrator", modes: [.snapshot, .continuous], scheduleOwner: .pipectl, canComplete: true,
    canDropDestinationFirst: true, concurrency: .perEngine, startReceipt: .runID, stopKey: .run,
    tailAfterStop: .none, pause: .schedulerOnly, isUnguarded: true, takesMigrations: true,
    modesOnRequest: [.continuous])
}
