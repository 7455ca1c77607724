import Glibc

/// What a tap wrote once: a schema, records of about 375 bytes, and a state after every ten thousandth.
enum SingerRecording {
  private static let schema =
    #"{"type": "SCHEMA", "stream": "orders", "schema": {"type": "object", "properties": {"id": {"type": "integer"}}}, "key_properties": ["id"]}"#

  /// Writes the recording, and answers how many bytes it has.
  static func write(records: Int, to path: String) throws(BenchError) -> Int {
    guard let file = fopen(path, "w") else { throw BenchError("\(path): \(String(cString: strerror(errno)))") }
    defer { fclose(file) }
    fputs(schema + "\n", file)
    for number in 1...records {
      fputs(record(number), file)
      if number % 10_000 == 0 || number == records {
        fputs(
          #"{"type": "STATE", "value": {"bookmarks": {"orders": {"replication_key_value": \#(number)}}}}"# + "\n", file)
      }
    }
    return ftell(file)
  }

  private static let note = String(repeating: "two of the large ones, please; ", count: 3)

  private static func record(_ number: Int) -> String {
    #"{"type": "RECORD", "stream": "orders", "record": {"id": \#(number), "customer": \#(number % 5003), "#
      + #""status": "paid", "amount": 19.9, "quantity": 3, "note": "\#(note)", "weight": 0.25, "#
      + #""created_at": "2026-11-21T08:00:00Z", "updated_at": "2026-11-21T08:00:00Z"}, "time_extracted": "2026-11-21T08:00:00Z"}"#
      + "\n"
  }
}
