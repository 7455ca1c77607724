extension SingerMessage {
  /// Reads one line; types are compared without regard to case.
  public init(line: UnsafeRawBufferPointer) throws(SingerMessageError) {
    let message: JSONValue
    do {
      message = try JSONValue(parsing: line)
    } catch {
      throw .notJSON(error)
    }
    try self.init(message)
  }

  public init(line: String) throws(SingerMessageError) {
    let message: JSONValue
    do {
      message = try JSONValue(parsing: line)
    } catch {
      throw .notJSON(error)
    }
    try self.init(message)
  }

  public init(_ message: JSONValue) throws(SingerMessageError) {
    guard case .object = message else { throw .notAnObject }
    guard let type = message["type"]?.stringValue else { throw .noType }
    let fields = MessageFields(type: type.uppercased(), message: message)
    switch fields.type {
    case "RECORD": self = .record(try fields.record())
    case "SCHEMA": self = .schema(try fields.schema())
    case "STATE": self = .state(try fields.value("value", "there"))
    case "ACTIVATE_VERSION":
      self = .activateVersion(stream: try fields.stream(), version: try fields.version("version"))
    case "BATCH": self = .batch(stream: try fields.stream(), message: message)
    default: self = .other(type: type)
    }
  }

  /// The message as a tap writes it, without a line end.
  public var line: String { json.text }

  private var json: JSONValue {
    switch self {
    case .record(let message):
      var json: JSONValue = ["type": "RECORD", "stream": .string(message.stream), "record": .object(message.record)]
      if let version = message.version { json.set("version", to: .integer(version)) }
      if let time = message.timeExtracted { json.set("time_extracted", to: .string(time)) }
      return json
    case .schema(let message):
      var json: JSONValue = ["type": "SCHEMA", "stream": .string(message.stream), "schema": message.schema]
      json.set("key_properties", to: .array(message.keyProperties.map { .string($0) }))
      if !message.bookmarkProperties.isEmpty {
        json.set("bookmark_properties", to: .array(message.bookmarkProperties.map { .string($0) }))
      }
      return json
    case .state(let value): return ["type": "STATE", "value": value]
    case .activateVersion(let stream, let version):
      return ["type": "ACTIVATE_VERSION", "stream": .string(stream), "version": .integer(version)]
    case .batch(_, let message): return message
    case .other(let type): return ["type": .string(type)]
    }
  }
}
