internal import SingerProtocol

/// What a stream's schema demands of its records, as far as types go.
struct RecordSchema {
  let message: SchemaMessage
  /// In the schema's order.
  let properties: [PropertySchema]
  private let index: [String: Int]

  init(_ message: SchemaMessage) throws(ConnectorError) {
    self.message = message
    properties = (message.schema["properties"]?.objectValue ?? []).map { PropertySchema(name: $0.key, $0.value) }
    index = Dictionary(properties.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { $1 })
    for key in message.keyProperties where index[key] == nil {
      throw ConnectorError(.input, "key property `\(key)` of stream `\(message.stream)` is not in its schema")
    }
  }

  func property(_ name: String) -> PropertySchema? { index[name].map { properties[$0] } }

  /// Refuses a record whose values are not of their types or that lacks a key.
  func check(_ record: RecordMessage) throws(ConnectorError) {
    for member in record.record {
      guard let property = property(member.key), !property.accepts(member.value) else { continue }
      throw ConnectorError(
        .input,
        "stream `\(record.stream)`: `\(member.key)` is \(member.value.kindName), the schema says \(property.typeNames)")
    }
    for key in message.keyProperties {
      guard let value = record.record.last(where: { $0.key == key })?.value, value != .null else {
        throw ConnectorError(.input, "stream `\(record.stream)`: a record without its key property `\(key)`")
      }
    }
  }
}
