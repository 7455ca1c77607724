internal import PipelineModel

/// Reads the form of a date that every server writes, `Sat, 21 Nov 2026 15:31:14 GMT`.
func httpDate(_ text: String) -> Timestamp? {
  let words = text.split(separator: " ")
  guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
    let month = months.firstIndex(of: String(words[2]))
  else { return nil }
  let time = words[4].split(separator: ":").compactMap { Int($0) }
  guard time.count == 3, (1...31).contains(day), (1970...9999).contains(year) else { return nil }
  let civil = CivilTime(year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2])
  return Timestamp(seconds: civil.secondsSinceEpoch)
}

private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
