/// What a tap offers, as its discovery printed it; keys that are not spoken of here stay as they are.
public struct Catalog: Hashable, Sendable {
  public private(set) var json: JSONValue
  public var streams: [CatalogStream] {
    didSet { json.set("streams", to: .array(streams.map(\.json))) }
  }

  public init(_ json: JSONValue) throws(CatalogError) {
    guard case .object = json else { throw CatalogError.notACatalog("the catalog is \(json.kindName), not an object") }
    guard let elements = json["streams"]?.arrayValue else {
      throw CatalogError.notACatalog("the catalog has no list `streams`")
    }
    var streams: [CatalogStream] = []
    for (index, element) in elements.enumerated() {
      guard let stream = CatalogStream(element) else {
        throw CatalogError.notACatalog("stream \(index + 1) of the catalog has no name")
      }
      streams.append(stream)
    }
    self.json = json
    self.streams = streams
  }

  public init(parsing bytes: [UInt8]) throws(CatalogError) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw .notJSON(error)
    }
    try self.init(json)
  }

  public init(streams: [CatalogStream]) {
    self.streams = streams
    json = ["streams": .array(streams.map(\.json))]
  }

  /// One line of JSON.
  public var text: String { json.text }
}
