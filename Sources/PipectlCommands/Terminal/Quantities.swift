import PipelineModel

/// `12,345`.
func grouped(_ number: Int64) -> String {
  let digits = String(number.magnitude)
  let groups = stride(from: digits.count, to: 0, by: -3).map { end in
    digits.dropFirst(max(0, end - 3)).prefix(end - max(0, end - 3))
  }
  return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

/// `1 record`, `12,345 records`.
func counted(_ number: Int64, _ noun: String) -> String {
  grouped(number) + " " + noun + (number == 1 ? "" : "s")
}

func counted(_ number: Int, _ noun: String) -> String { counted(Int64(number), noun) }

/// `12,345`, and nothing where it is not known.
func shownCount(_ number: Int64?) -> String { number.map(grouped) ?? "" }

/// `1.2 kB`, and nothing where it is not known.
func shownBytes(_ bytes: Int64?) -> String { bytes.map(byteText) ?? "" }

/// `812 B`, `1.2 kB`, `3.4 MB`: thousands, as disks and networks are sold.
func byteText(_ bytes: Int64) -> String {
  var amount = Double(bytes)
  var unit = "B"
  for next in ["kB", "MB", "GB", "TB"] where amount >= 1000 {
    amount /= 1000
    unit = next
  }
  let tenths = Int64((amount * 10).rounded())
  return unit == "B" ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(unit)"
}

/// The two largest units of a length of time: `250ms`, `12s`, `3m 20s`, `2h 5m`, `4d 3h`.
func spanText(_ span: TimeSpan) -> String {
  let seconds = span.seconds
  switch seconds {
  case ..<0: return "0s"
  case 0: return "\(span.milliseconds)ms"
  case 1..<10: return "\(seconds).\(span.milliseconds % 1000 / 100)s"
  case 10..<60: return "\(seconds)s"
  case 60..<3600: return "\(seconds / 60)m \(seconds % 60)s"
  case 3600..<86_400: return "\(seconds / 3600)h \(seconds % 3600 / 60)m"
  case _: return "\(seconds / 86_400)d \(seconds % 86_400 / 3600)h"
  }
}

/// Names for a sentence: `a`, `a and b`, `a, b and c`, and at most eight of them.
func listed(_ names: [String]) -> String {
  let shown = names.count > 8 ? names.prefix(7) + ["\(names.count - 7) more"] : names[...]
  guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
  return shown.dropLast().joined(separator: ", ") + " and " + last
}

/// `in 3h 12m`, `2m 5s ago`.
func relativeText(_ at: Timestamp, _ now: Timestamp) -> String {
  at > now ? "in " + spanText(at - now) : spanText(now - at) + " ago"
}
