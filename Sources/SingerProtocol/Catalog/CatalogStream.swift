/// One stream of a catalog, a view over its JSON.
public struct CatalogStream: Hashable, Sendable {
  public private(set) var json: JSONValue
  /// `tap_stream_id`, or `stream` where that is missing.
  public let id: String

  /// Nil where the JSON names no stream.
  public init?(_ json: JSONValue) {
    guard let id = json["tap_stream_id"]?.stringValue ?? json["stream"]?.stringValue else { return nil }
    self.json = json
    self.id = id
  }

  /// The name its messages carry.
  public var name: String { json["stream"]?.stringValue ?? id }
  public var schema: JSONValue { json["schema"] ?? .object([]) }

  public var keyProperties: [String] {
    let listed = json["key_properties"] ?? metadata([])["table-key-properties"]
    return listed?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  /// The schema's properties in its order, then fields that only the metadata knows.
  public var fields: [String] {
    let properties = schema["properties"]?.objectValue?.map(\.key) ?? []
    let known = Set(properties)
    let described = metadataEntries.compactMap { entry -> String? in
      guard let breadcrumb = entry["breadcrumb"]?.arrayValue, breadcrumb.count == 2,
        breadcrumb[0] == "properties", let field = breadcrumb[1].stringValue
      else { return nil }
      return known.contains(field) ? nil : field
    }
    return properties + described
  }

  /// Whether the tap is to read it, by metadata or by the older field.
  public var isSelected: Bool {
    metadata([])["selected"]?.boolValue ?? json["selected"]?.boolValue ?? false
  }

  /// What the tap offers of a field.
  public func inclusion(of field: String) -> FieldInclusion {
    if keyProperties.contains(field) { return .automatic }
    return FieldInclusion(rawValue: metadata(["properties", field])["inclusion"]?.stringValue ?? "") ?? .available
  }

  /// Whether a field of a selected stream is to be read.
  public func isSelected(field: String) -> Bool {
    switch inclusion(of: field) {
    case .automatic: return true
    case .unsupported: return false
    case .available:
      let metadata = metadata(["properties", field])
      return metadata["selected"]?.boolValue ?? metadata["selected-by-default"]?.boolValue ?? true
    }
  }

  /// A method that the tap insists on.
  public var forcedMethod: ReplicationMethod? {
    ReplicationMethod(rawValue: metadata([])["forced-replication-method"]?.stringValue ?? "")
  }

  /// The method that metadata or the older field states.
  public var statedMethod: ReplicationMethod? {
    let stated = metadata([])["replication-method"]?.stringValue ?? json["replication_method"]?.stringValue
    return ReplicationMethod(rawValue: stated ?? "")
  }

  public var statedKey: String? {
    metadata([])["replication-key"]?.stringValue ?? json["replication_key"]?.stringValue
  }

  /// The fields that the tap can use as replication key; empty where it does not say.
  public var offeredKeys: [String] {
    metadata([])["valid-replication-keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  /// The metadata at a breadcrumb; an empty object where there is none.
  public func metadata(_ breadcrumb: [String]) -> JSONValue {
    let wanted = JSONValue.array(breadcrumb.map { .string($0) })
    return metadataEntries.first { $0["breadcrumb"] == wanted }?["metadata"] ?? .object([])
  }

  /// Sets one key of the metadata at a breadcrumb, adding the entry where it is missing.
  public mutating func setMetadata(_ breadcrumb: [String], _ key: String, to value: JSONValue) {
    let wanted = JSONValue.array(breadcrumb.map { .string($0) })
    var entries = metadataEntries
    if let index = entries.firstIndex(where: { $0["breadcrumb"] == wanted }) {
      var metadata = entries[index]["metadata"] ?? .object([])
      metadata.set(key, to: value)
      entries[index].set("metadata", to: metadata)
    } else {
      entries.append(["breadcrumb": wanted, "metadata": .object([JSONMember(key, value)])])
    }
    json.set("metadata", to: .array(entries))
  }

  /// Sets a field of the stream itself.
  public mutating func set(_ key: String, to value: JSONValue) {
    json.set(key, to: value)
  }

  private var metadataEntries: [JSONValue] { json["metadata"]?.arrayValue ?? [] }
}
