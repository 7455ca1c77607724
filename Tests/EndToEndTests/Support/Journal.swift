import Foundation
import Glibc

/// What a run's supervisor has written down so far.
struct Journal {
  let run: String
  let entries: [Entry]

  struct Entry: Decodable {
    var kind: String
    var role: String?
    var stage: String?
    var text: String?
    var supervisor: Supervisor?
    var child: Child?
    var streams: [Stream]?
    var stop: Stop?
  }

  /// How far a stop has come.
  struct Stop: Decodable {
    var step: String
  }

  struct Supervisor: Decodable {
    var identity: Identity
  }

  struct Child: Decodable {
    var role: String
    var identity: Identity
  }

  struct Identity: Decodable {
    var pid: pid_t
  }

  struct Stream: Decodable {
    var name: String
    var records: Int
  }

  private struct Line: Decodable {
    var entry: Entry
  }

  /// A line that is still being written is left out.
  init(run: String, at path: String) {
    self.run = run
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    entries = bytes.split(separator: 0x0A).compactMap { try? JSONDecoder().decode(Line.self, from: $0).entry }
  }

  var supervisor: pid_t? { entries.compactMap(\.supervisor).last?.identity.pid }
  func child(_ role: String) -> pid_t? { entries.compactMap(\.child).last { $0.role == role }?.identity.pid }
  func stageBegan(_ stage: String) -> Bool { entries.contains { $0.kind == "stageBegan" && $0.stage == stage } }
  var isStopDelivered: Bool { entries.contains { $0.stop?.step == "delivered" } }
  /// Records of a stream that have been forwarded, as far as that is noted.
  func records(of stream: String) -> Int {
    entries.compactMap(\.streams).last?.first { $0.name == stream }?.records ?? 0
  }
  var hasEnded: Bool { entries.contains { $0.kind == "ended" } }
  /// Those that the target confirmed, oldest first.
  var states: [String] { entries.filter { $0.kind == "state" }.compactMap(\.text) }
}
