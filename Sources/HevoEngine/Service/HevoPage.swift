/// A page of a list of Hevo's.
struct HevoPage<Row: Decodable>: Decodable {
  var data: [Row]
  var hasMore: Bool?
  var nextCursor: String?

  enum CodingKeys: String, CodingKey {
    case data
    case hasMore = "has_more"
    case nextCursor = "next_cursor"
  }

  static var size: Int { 100 }

  /// Where the next one begins; nil at the end.
  var next: String? { hasMore == false || nextCursor?.isEmpty == true ? nil : nextCursor }
}
