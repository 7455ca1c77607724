internal import SingerProtocol

/// A value of a replication key, ordered by its column's type.
enum ReplicationKeyValue: Hashable {
  case integer(Int)
  /// Decimals that round to the same double count as equal, so their rows are read again rather than missed.
  case number(Double, text: String)
  case instant(Instant)
  case text(String)

  init?(_ json: JSONValue, type: ColumnType) {
    switch (type, json) {
    case (.integer, .number(let text)), (.number, .number(let text)):
      if let value = Int(text) {
        self = .integer(value)
      } else if let value = Double(text) {
        self = .number(value, text: text)
      } else {
        return nil
      }
    case (.dateTime, .string(let text)):
      guard let instant = Instant(text) else { return nil }
      self = .instant(instant)
    case (.string, .string(let text)): self = .text(text)
    case (.boolean, _), (.integer, _), (.number, _), (.dateTime, _), (.string, _): return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .integer(let value): .integer(value)
    case .number(_, let text): .number(text)
    case .instant(let instant): .string(instant.text)
    case .text(let text): .string(text)
    }
  }

  private var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value, _): value
    case .instant(let instant): Double(instant.secondsSinceEpoch)
    case .text: 0
    }
  }
}

extension ReplicationKeyValue: Comparable {
  static func < (left: ReplicationKeyValue, right: ReplicationKeyValue) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.instant(let left), .instant(let right)): left < right
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.integer, _), (.number, _), (.instant, _), (.text, _): left.double < right.double
    }
  }
}
