/// Takes the fields of one message apart.
struct MessageFields {
  let type: String
  let message: JSONValue

  func record() throws(SingerMessageError) -> RecordMessage {
    guard case .object(let members) = try value("record", "an object") else { throw bad("record", "an object") }
    let version = message["version"].flatMap { $0 == .null ? nil : $0 }
    return RecordMessage(
      stream: try stream(),
      record: members,
      version: version == nil ? nil : try self.version("version"),
      timeExtracted: message["time_extracted"]?.stringValue
    )
  }

  func schema() throws(SingerMessageError) -> SchemaMessage {
    let schema = try value("schema", "an object")
    guard case .object = schema else { throw bad("schema", "an object") }
    return SchemaMessage(
      stream: try stream(),
      schema: schema,
      keyProperties: try names("key_properties"),
      bookmarkProperties: try names("bookmark_properties")
    )
  }

  func stream() throws(SingerMessageError) -> String {
    guard let name = message["stream"]?.stringValue else { throw bad("stream", "a string") }
    return name
  }

  func version(_ key: String) throws(SingerMessageError) -> Int {
    guard let version = message[key]?.integerValue else { throw bad(key, "an integer") }
    return version
  }

  func value(_ key: String, _ expected: String) throws(SingerMessageError) -> JSONValue {
    guard let value = message[key] else { throw bad(key, expected) }
    return value
  }

  private func names(_ key: String) throws(SingerMessageError) -> [String] {
    guard let value = message[key], value != .null else { return [] }
    guard case .array(let elements) = value else { throw bad(key, "a list of strings") }
    let names = elements.compactMap(\.stringValue)
    guard names.count == elements.count else { throw bad(key, "a list of strings") }
    return names
  }

  private func bad(_ key: String, _ expected: String) -> SingerMessageError {
    .badField(type: type, key: key, expected: expected)
  }
}
