/// What a connector says of itself when it is asked with `--about --format=json`.
public struct ConnectorAbout: Hashable, Sendable {
  public let name: String?
  public let version: String?
  /// Sorted; `log-based` is seldom listed even where a tap can do it.
  public let capabilities: [String]
  public let settings: SettingsSchema

  /// Nil where the text is no such answer: connectors that do not know the question say anything.
  public init?(_ text: [UInt8]) {
    guard let json = try? JSONValue(parsing: text), json.objectValue != nil,
      json["capabilities"]?.arrayValue != nil || json["settings"]?.objectValue != nil
    else { return nil }
    name = json["name"]?.stringValue
    version = json["version"]?.stringValue
    capabilities = (json["capabilities"]?.arrayValue ?? []).compactMap(\.stringValue).sorted()
    settings = SettingsSchema(json["settings"] ?? .object([]))
  }

  /// Whether it can do that; nil where it lists nothing at all.
  public func can(_ capability: String) -> Bool? {
    capabilities.isEmpty ? nil : capabilities.contains(capability)
  }
}
