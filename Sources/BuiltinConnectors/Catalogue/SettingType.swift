public import SingerProtocol

/// What a setting holds.
public enum SettingType: String, Hashable, Sendable {
  case string
  case boolean
  /// Not negative.
  case integer
  case stringList = "list of strings"
  case objectList = "list of objects"
  /// Column names to types.
  case columnTypes = "map of column types"

  /// Whether a value is of this type.
  public func accepts(_ value: JSONValue) -> Bool {
    switch self {
    case .string: value.stringValue != nil
    case .boolean: value.boolValue != nil
    case .integer: value.integerValue.map { $0 >= 0 } ?? false
    case .stringList: value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
    case .objectList: value.arrayValue?.allSatisfy { $0.objectValue != nil } ?? false
    case .columnTypes:
      value.objectValue?.allSatisfy { $0.value.stringValue.flatMap(ColumnType.init(rawValue:)) != nil } ?? false
    }
  }
}
