extension CronMistake {
  /// What is wrong, as a sentence without a full stop.
  var headline: String {
    switch self {
    case .empty:
      "schedule is empty"
    case .fieldCount(let count):
      "schedule has \(count) \(count == 1 ? "field" : "fields"), and needs five: minute hour day month weekday"
    case .secondsField:
      "schedule has six fields: one for seconds is not supported"
    case .quartz:
      "schedule has seven fields: Quartz expressions (seconds and years) are not supported"
    case .unknownMacro(let name, _):
      "schedule `\(name)` is not known"
    case .emptyItem(let field):
      "schedule \(field.rawValue) has an empty item in its list"
    case .outsideBounds(let field, let value):
      "schedule \(field.rawValue) \(value) is outside \(field.bounds.lowerBound)...\(field.bounds.upperBound)"
    case .unknownName(let field, let name, _):
      "schedule \(field.rawValue) `\(name)` is not known"
    case .unsupported(let field, let item):
      "schedule \(field.rawValue) `\(item)` is not supported"
    case .notAPlace(let item):
      "schedule weekday `\(item)` is in no month: a weekday comes four or five times"
    case .notANumber(let field, let item):
      "schedule \(field.rawValue) `\(item)` is not a number"
    case .incompleteRange(let field, let item):
      "schedule \(field.rawValue) `\(item)` is not a range"
    case .reversedRange(let field, let from, let to):
      "schedule \(field.rawValue) range \(from)-\(to) runs backwards"
    case .incompleteStep(let field, let item):
      "schedule \(field.rawValue) `\(item)` is not a step"
    case .zeroStep(let field):
      "schedule \(field.rawValue) step is 0"
    case .stepTooLarge(let field, let step):
      "schedule \(field.rawValue) step \(step) is larger than the \(field.size) values of the field"
    case .neverComes:
      "schedule never comes: none of its months has such a day"
    }
  }
}
