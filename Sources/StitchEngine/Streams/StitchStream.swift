/// A stream of a source, as their list shows it.
struct StitchStream: Decodable, Hashable, Sendable {
  var id: Int
  /// What the selection calls it by.
  var tapID: String
  /// Null where nobody ever chose.
  var isSelected: Bool?

  enum CodingKeys: String, CodingKey {
    case id = "stream_id"
    case tapID = "tap_stream_id"
    case isSelected = "selected"
  }
}

/// What is told of one stream alone: its own settings, and those of its fields.
struct StitchStreamDetail: Decodable, Hashable, Sendable {
  var metadata: [Entry]

  struct Entry: Decodable, Hashable, Sendable {
    /// Empty for the stream itself, `["properties", NAME]` for a field.
    var breadcrumb: [String]
    var metadata: Facts
  }

  struct Facts: Decodable, Hashable, Sendable {
    /// `automatic`, `available` or `unsupported`.
    var inclusion: String?
    var isSelected: Bool?
    var isSelectedByDefault: Bool?
    var method: String?
    var key: String?

    enum CodingKeys: String, CodingKey {
      case inclusion
      case isSelected = "selected"
      case isSelectedByDefault = "selected-by-default"
      case method = "replication-method"
      case key = "replication-key"
    }

    /// Whether a field is replicated.
    var counts: Bool { inclusion == "automatic" || (isSelected ?? isSelectedByDefault ?? false) }
  }

  var root: Facts? { metadata.first { $0.breadcrumb.isEmpty }?.metadata }

  /// Those of the first level, by name.
  var fields: [(name: String, facts: Facts)] {
    metadata.compactMap { entry in
      entry.breadcrumb.count == 2 && entry.breadcrumb[0] == "properties" ? (entry.breadcrumb[1], entry.metadata) : nil
    }
  }
}
