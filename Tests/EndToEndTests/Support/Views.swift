/// What `-o json` prints, as far as these tests read it.
struct ResultDocument: Decodable {
  var runs: [Run]

  struct Run: Decodable {
    var id: String
    var mode: String
    var status: String
  }
}

struct ListDocument<Item: Decodable>: Decodable {
  var items: [Item]
}

struct RunDocument: Decodable {
  var metadata: Metadata
  var spec: Spec
  var status: Status

  struct Metadata: Decodable {
    var name: String
  }

  struct Spec: Decodable {
    var mode: String
    var trigger: Trigger
  }

  struct Trigger: Decodable {
    var request: String?
  }

  struct Status: Decodable {
    var outcome: String?
    var attempt: Int
    /// Absent of a command, whose records nobody counts.
    var records: Int?
    var streams: [Stream]?
    var tapExit: String?
  }

  struct Stream: Decodable {
    var name: String
    var records: Int
  }
}

struct StateDocument: Decodable {
  var run: String?
  /// Verbatim, as the target printed it.
  var state: String?
}
