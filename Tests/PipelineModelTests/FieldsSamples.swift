import PipelineModel

/// A pipeline that says something about nearly everything.
enum FieldsSamples {
  static let cron = CronExpression(
    text: "0 6 * * *", minutes: 1, hours: 1 << 6, days: 0, months: 0, weekdays: 0, restrictsDays: false,
    restrictsWeekdays: false)

  static func schedule(_ cadence: Cadence = .cron(cron)) -> Schedule {
    Schedule(
      cadence: cadence, timeZone: "Europe/Berlin", missed: .runAll(limit: 5), startDeadline: TimeSpan(seconds: 7200),
      overlap: .cancelRunning, transitions: TransitionPolicy())
  }

  static func replication(config: [ConfigEntry] = [], streams: StreamSelection = .all) -> Work {
    .replication(
      Replication(
        source: Connection(name: "shop-db", connector: .executable("tap-postgres"), config: config),
        destination: Connection(name: nil, connector: .builtin("sqlite"), config: []),
        streams: streams))
  }

  static func migration(_ change: (inout Migration) -> Void = { _ in }) -> Work {
    var migration = Migration(
      project: "shop-1", source: MigrationSource(type: "ORACLE", url: .string("jdbc:x"), password: .environment("P")),
      destination: .environment("ATLAS_URI"))
    change(&migration)
    return .migration(migration)
  }

  static func pipeline(
    labels: [DesiredPipeline.Label] = [], isProtected: Bool = false,
    spec: PipelineSpec = PipelineSpec(work: replication())
  ) -> DesiredPipeline {
    DesiredPipeline(
      name: PipelineName("orders"), labels: labels, isProtected: isProtected, spec: spec, sourceSet: .standardInput)
  }

  static func pipeline(config: [ConfigEntry]) -> DesiredPipeline {
    pipeline(spec: PipelineSpec(work: replication(config: config)))
  }

  static func text(of path: String, in pipeline: DesiredPipeline) -> String? {
    fields(of: pipeline).first { $0.path == path }?.text
  }
}
