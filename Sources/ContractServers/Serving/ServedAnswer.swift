/// An answer as it goes out.
public struct ServedAnswer: Hashable, Sendable {
  public var status: Int
  public var mediaType: String
  /// Besides those that every answer has.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(_ status: Int, mediaType: String, headers: [String: String] = [:], body: [UInt8]) {
    self.status = status
    self.mediaType = mediaType
    self.headers = headers
    self.body = body
  }

  public init(_ status: Int = 200, _ json: JSON) {
    self.init(status, mediaType: "application/json", body: Array(json.text.utf8))
  }
}
