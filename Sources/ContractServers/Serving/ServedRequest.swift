/// A request as it came in.
public struct ServedRequest: Hashable, Sendable {
  public var method: String
  /// Segments, unescaped.
  public var path: [String]
  public var query: [String: String]
  /// Names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(
    method: String, path: [String], query: [String: String] = [:], headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// `GET /v4/sources`, without the query.
  public var line: String { method + " " + path.map { "/" + $0 }.joined() }
}
