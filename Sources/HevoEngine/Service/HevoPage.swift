internal import EngineHTTP

/// A page of a list of Hevo's.
struct HevoPage<Row: Decodable & Sendable>: Decodable {
  var data: RowList<Row>
  var hasMore: Bool?
  var nextCursor: String?

  private enum CodingKeys: String, CodingKey {
    case data
    case hasMore = "has_more"
    case nextCursor = "next_cursor"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    data = try fields.decode(RowList<Row>.self, forKey: .data)
    hasMore = fields.flag(.hasMore)
    nextCursor = fields.text(.nextCursor)
  }

  static var size: Int { 100 }

  /// Where the next one begins; nil at the end.
  var next: String? { hasMore == false || nextCursor?.isEmpty == true ? nil : nextCursor }
}
