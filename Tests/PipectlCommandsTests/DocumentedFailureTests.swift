import Foundation
import Testing

/// `docs/failures.md` promises nothing that no test has seen.
struct DocumentedFailureTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let what: String
    /// Parts of what is printed.
    let messages: [String]
    let exitCode: String
    var testDescription: String { what }
  }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static let rows: [Row] = {
    let page = try? String(contentsOf: tests.appendingPathComponent("../docs/failures.md"), encoding: .utf8)
    return (page ?? "").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, Int(cells[2]) != nil else { return nil }
      return Row(what: cells[0], messages: cells[1].matches(of: /`([^`]+)`/).map { String($0.1) }, exitCode: cells[2])
    }
  }()

  /// Commands of transcripts, each with its output and exit code.
  private static let blocks: [String] = Transcript.names.filter { $0.hasPrefix("failures-") }.flatMap { name in
    let path = tests.path + "/PipectlCommandsTests/Transcripts/" + name
    return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").components(separatedBy: "\n$ ")
  }

  /// The texts of all other tests.
  private static let sources: String = {
    let names = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap {
      try? String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8)
    }.joined()
  }()

  @Test(arguments: rows)
  func `a documented failure is one that was seen`(row: Row) {
    #expect(!row.messages.isEmpty)
    for message in row.messages {
      let seen = Self.blocks.filter { $0.contains(message) }
      guard !seen.isEmpty else {
        let isDemanded = Self.sources.contains(message)
        #expect(isDemanded, "no transcript and no test has `\(message)`")
        continue
      }
      let codes = Set(seen.map { $0.firstMatch(of: /\[exit (\d+)\]/).map { String($0.1) } ?? "0" })
      #expect(codes.contains(row.exitCode), "`\(message)` comes with \(codes.sorted())")
    }
  }

  @Test func `the page has its rows`() {
    #expect(Self.rows.count > 25)
  }
}
