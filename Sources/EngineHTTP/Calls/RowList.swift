/// A list whose rows are read one by one: one that cannot be read is told, and keeps no other from being read.
public struct RowList<Row: Decodable & Sendable>: Decodable, Sendable {
  public var rows: [Row] = []
  public var odd: [OddRow] = []

  public init() {}

  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    while !list.isAtEnd {
      do {
        rows.append(try list.decode(Row.self))
      } catch {
        let words = (error as? DecodingError)?.words ?? "it has another shape"
        odd.append(OddRow(id: try list.decode(OddRow.Reader.self).id, words: words))
      }
    }
  }

  public mutating func append(_ more: RowList<Row>) {
    rows += more.rows
    odd += more.odd
  }
}

/// A row that cannot be read.
public struct OddRow: Hashable, Sendable {
  /// What it is called, where that can be read.
  public var id: String?
  /// Where and what, without the value: `data[3].name` is null.
  public var words: String

  /// Reads what can be read, and never fails.
  struct Reader: Decodable {
    var id: String?

    private enum CodingKeys: String, CodingKey {
      case id
      case job = "job_id"
    }

    init(from decoder: any Decoder) {
      guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      id = fields.text(.id) ?? fields.text(.job)
    }
  }
}
