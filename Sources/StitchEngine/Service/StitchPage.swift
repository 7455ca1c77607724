internal import EngineHTTP

/// A page of a list of Stitch's, of a hundred rows at most.
struct StitchPage<Row: Decodable & Sendable>: Decodable {
  var data: RowList<Row>
  /// Rows of all pages.
  var total: Int

  private enum CodingKeys: String, CodingKey { case data, total }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    data = try fields.decode(RowList<Row>.self, forKey: .data)
    total = Int(try fields.demandedNumber(.total))
  }

  /// Pages; one at least.
  var count: Int { Self.count(of: total) }

  static func count(of rows: Int) -> Int { max(1, (rows + 99) / 100) }
}
