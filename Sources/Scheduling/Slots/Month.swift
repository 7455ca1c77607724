import PipelineModel

/// A month of a year.
struct Month {
  let year: Int
  /// 1...12.
  let month: Int
  /// The wall time at which it begins.
  let start: Int64

  init(of civil: CivilTime) {
    self.init(year: civil.year, month: civil.month)
  }

  init(year: Int, month: Int) {
    self.year = year
    self.month = month
    start = CivilTime(year: year, month: month, day: 1).secondsSinceEpoch
  }

  var next: Month { month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1) }

  var previous: Month { month == 1 ? Month(year: year - 1, month: 12) : Month(year: year, month: month - 1) }

  /// In days.
  var length: Int { CivilTime.days(inMonth: month, of: year) }

  /// 0 is Sunday.
  var firstWeekday: Int { Int((start / 86_400 + 4).modulo(7)) }
}
