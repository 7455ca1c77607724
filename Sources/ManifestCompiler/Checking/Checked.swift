import Diagnostics
import ManifestSyntax
import PipelineModel

/// A value that has passed its description.
struct Checked: Sendable {
  /// Where it is written; for a default, the mapping that leaves it out.
  let range: SourceRange
  let value: CheckedValue
}

/// One key of a table, and its value.
struct CheckedEntry: Sendable {
  let key: String
  let value: Checked
}

/// What a checked value is.
indirect enum CheckedValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case text(String)
  case duration(TimeSpan)
  case instant(Timestamp)
  case cron(CronExpression)
  case list([Checked])
  case arguments([String])
  case table([CheckedEntry])
  case object(CheckedObject)
  case setting(ConfigValue)
  case settings(CheckedSettings)
  /// A part of the tree that is read as it is.
  case tree(SyntaxNode)
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
