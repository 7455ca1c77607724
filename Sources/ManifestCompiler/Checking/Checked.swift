import Diagnostics
import ManifestSyntax
import PipelineModel

/// A value that has passed its description.
struct Checked: Sendable {
  /// Where it is written; for a default, the mapping that leaves it out.
  let place: PackedRange
  let value: CheckedValue

  var range: SourceRange { place.range }
}

/// One key of a table, and its value.
struct CheckedEntry: Sendable {
  let key: String
  let value: Checked
}

/// What a checked value is; the large ones stand apart, so that the others need no memory of their own.
enum CheckedValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case text(String)
  case duration(TimeSpan)
  case instant(Timestamp)
  indirect case cron(CronExpression)
  case list([Checked])
  case arguments([String])
  case table([CheckedEntry])
  indirect case object(CheckedObject)
  case setting(ConfigValue)
  indirect case settings(CheckedSettings)
  /// A part of the tree that is read as it is.
  indirect case tree(SyntaxNode)
}

extension CheckedValue {
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var duration: TimeSpan? { if case .duration(let value) = self { value } else { nil } }
  var instant: Timestamp? { if case .instant(let value) = self { value } else { nil } }
  var cron: CronExpression? { if case .cron(let value) = self { value } else { nil } }
  var list: [Checked]? { if case .list(let value) = self { value } else { nil } }
  var arguments: [String]? { if case .arguments(let value) = self { value } else { nil } }
  var table: [CheckedEntry]? { if case .table(let value) = self { value } else { nil } }
  var object: CheckedObject? { if case .object(let value) = self { value } else { nil } }
  var settings: CheckedSettings? { if case .settings(let value) = self { value } else { nil } }
  var setting: ConfigValue? { if case .setting(let value) = self { value } else { nil } }
}
