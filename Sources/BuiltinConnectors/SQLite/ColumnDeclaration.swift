/// The types that this target declares; its tables are STRICT, so a column keeps every value exactly.
enum ColumnDeclaration: String {
  case integer = "INTEGER"
  case text = "TEXT"
  /// Keeps integers, reals and texts as they are.
  case any = "ANY"

  init(_ property: PropertySchema) {
    let types = (property.types ?? []).filter { $0 != "null" }
    switch types {
    case ["integer"], ["boolean"]: self = .integer
    case ["string"], ["object"], ["array"]: self = .text
    default: self = .any
    }
  }
}
