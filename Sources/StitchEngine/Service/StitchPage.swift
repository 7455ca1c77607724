/// A page of a list of Stitch's, of a hundred rows at most.
struct StitchPage<Row: Decodable>: Decodable {
  var data: [Row]
  var total: Int

  static var size: Int { 100 }
}
