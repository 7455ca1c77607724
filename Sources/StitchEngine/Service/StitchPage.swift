/// A page of a list of Stitch's, of a hundred rows at most.
struct StitchPage<Row: Decodable>: Decodable {
  var data: [Row]
  /// Rows of all pages.
  var total: Int

  /// Pages; one at least.
  var count: Int { Self.count(of: total) }

  static func count(of rows: Int) -> Int { max(1, (rows + 99) / 100) }
}
