public import SingerProtocol

/// One key of a connector's config.
public struct ConnectorSetting: Hashable, Sendable {
  public let name: String
  public let type: SettingType
  public let doc: String
  public let isRequired: Bool
  /// What holds where the key is absent.
  public let defaultValue: JSONValue?
  /// The keys of each object of an `objectList`.
  public let elements: [ConnectorSetting]

  init(
    _ name: String, _ type: SettingType, _ doc: String, isRequired: Bool = false,
    default defaultValue: JSONValue? = nil, elements: [ConnectorSetting] = []
  ) {
    self.name = name
    self.type = type
    self.doc = doc
    self.isRequired = isRequired
    self.defaultValue = defaultValue
    self.elements = elements
  }
}
