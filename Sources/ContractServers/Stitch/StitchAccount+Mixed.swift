import PipelineModel

extension StitchAccount {
  /// An account as they grow over the years: every kind of schedule and pause, odd names, and what no manifest can say.
  public static func mixed(_ count: Int) -> StitchAccount {
    StitchAccount(sources: (0..<max(0, count)).map { .mixed($0) })
  }
}

extension StitchSourceState {
  fileprivate static func mixed(_ number: Int) -> StitchSourceState {
    var source = StitchSourceState(id: 5001 + number * 7, name: MixedNames.name(number))
    source.type = number % 3 == 0 ? "platform.postgres" : number % 3 == 1 ? "platform.shopify" : "platform.hubspot"
    source.setSchedule(number)
    if number % 5 == 1 { source.pausedAt = Timestamp(seconds: 1_785_000_000 + Int64(number)) }
    if number % 7 == 2 { source.systemPausedAt = Timestamp(seconds: 1_786_000_000 + Int64(number)) }
    if number % 13 == 3 { source.deletedAt = Timestamp(seconds: 1_787_000_000) }
    if number % 11 == 4 { source.takePushes() }
    if number % 17 == 5 { source.step = "field_selection" }
    return source
  }

  /// Its data comes through the Import API: no job reads it.
  private mutating func takePushes() {
    type = "import_api"
    isSingerPowered = false
    properties = [:]
  }

  private mutating func setSchedule(_ number: Int) {
    let steps = ["30", "60", "360", "720", "1440", "1", "45"]
    properties["frequency_in_minutes"] = steps[number % steps.count]
    if number % 4 == 1 { properties["anchor_time"] = "2026-01-0\(1 + number % 9)T0\(number % 10):30:00Z" }
    let crons = [
      "0 0 6 * * ?", "0 */15 8-18 ? * MON-FRI", "0 30 0 1,15 * ? *", "0 0 0 LW * ?", "0 0 12 ? * MON#1",
      "0 5 4 ? 1-6 SUN",
    ]
    if number % 6 == 0 { properties["cron_expression"] = crons[number / 6 % crons.count] }
  }
}
