import PipelineModel

/// The wall times that a cron expression matches, found by jumping over the months, days, hours and minutes that it does not name.
///
/// Wall times are seconds since 1970-01-01T00:00:00 as the clock on the wall shows them.
struct CronCalendar {
  private let cron: CronExpression

  init(_ cron: CronExpression) {
    self.cron = cron
  }

  /// The first match in `start..<end`.
  func first(atOrAfter start: Int64, before end: Int64) -> Int64? {
    guard start < end else { return nil }
    let civil = CivilTime(secondsSinceEpoch: start + (60 - start.modulo(60)) % 60)
    var month = Month(of: civil)
    if days(of: month).contains(civil.day), let time = time(atOrAfter: civil.hour, civil.minute) {
      return bounded(month.start + Int64(civil.day - 1) * 86_400 + time, start, end)
    }
    var floor = civil.day + 1
    while month.start < end {
      if let day = days(of: month).lowest(from: floor), let time = time(atOrAfter: 0, 0) {
        return bounded(month.start + Int64(day - 1) * 86_400 + time, start, end)
      }
      month = month.next
      floor = 1
    }
    return nil
  }

  /// The last match in `start..<end`.
  func last(atOrAfter start: Int64, before end: Int64) -> Int64? {
    guard start < end else { return nil }
    let civil = CivilTime(secondsSinceEpoch: end - 1)
    var month = Month(of: civil)
    if days(of: month).contains(civil.day), let time = time(atOrBefore: civil.hour, civil.minute) {
      return bounded(month.start + Int64(civil.day - 1) * 86_400 + time, start, end)
    }
    var ceiling = civil.day - 1
    while month.next.start > start {
      if let day = days(of: month).highest(through: ceiling), let time = time(atOrBefore: 23, 59) {
        return bounded(month.start + Int64(day - 1) * 86_400 + time, start, end)
      }
      month = month.previous
      ceiling = 31
    }
    return nil
  }

  private func bounded(_ wall: Int64, _ start: Int64, _ end: Int64) -> Int64? {
    wall >= start && wall < end ? wall : nil
  }

  /// The days of a month that match, bit n for the n-th.
  private func days(of month: Month) -> UInt64 {
    guard cron.months.contains(month.month) else { return 0 }
    return cron.days(inMonthOf: month.length, beginningOn: month.firstWeekday)
  }

  /// Seconds after midnight.
  private func time(atOrAfter hour: Int, _ minute: Int) -> Int64? {
    if hours.contains(hour), let later = minutes.lowest(from: minute) { return Int64(hour * 3600 + later * 60) }
    guard let later = hours.lowest(from: hour + 1), let first = minutes.lowest(from: 0) else { return nil }
    return Int64(later * 3600 + first * 60)
  }

  /// Seconds after midnight.
  private func time(atOrBefore hour: Int, _ minute: Int) -> Int64? {
    if hours.contains(hour), let earlier = minutes.highest(through: minute) {
      return Int64(hour * 3600 + earlier * 60)
    }
    guard let earlier = hours.highest(through: hour - 1), let last = minutes.highest(through: 59) else { return nil }
    return Int64(earlier * 3600 + last * 60)
  }

  private var hours: UInt64 { cron.hours & 0xFF_FFFF }
  private var minutes: UInt64 { cron.minutes & 0xFFF_FFFF_FFFF_FFFF }
}
