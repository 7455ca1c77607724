import Foundation
import Testing

/// The tests that the page on proof names are there.
@Suite struct DocumentedProofTests {
  private static let root = (#filePath as NSString).deletingLastPathComponent + "/../.."

  /// The text of every file of tests.
  private func sources() throws -> [String] {
    let files = FileManager.default.enumerator(atPath: Self.root + "/Tests")?.allObjects as? [String] ?? []
    return try files.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOfFile: Self.root + "/Tests/" + $0, encoding: .utf8)
    }
  }

  @Test func `every test that stands for a meaning on an engine is there, in the suite that is named`() throws {
    let page = try String(contentsOfFile: Self.root + "/docs/proof.md", encoding: .utf8)
    let section = try #require(
      page.components(separatedBy: "\n## ").first { $0.hasPrefix("What start, cancel and pause") })
    let sources = try sources()
    var count = 0
    for named in section.matches(of: /`(\w+Tests)`: ("[^"]+"(?:, "[^"]+")*)/) {
      for name in named.2.split(separator: "\"").filter({ $0 != ", " }) {
        count += 1
        let isThere = sources.contains { $0.contains("struct \(named.1) ") && $0.contains("`\(name)`") }
        #expect(isThere, "\(named.1): \(name)")
      }
    }
    #expect(count > 50, "the page names \(count)")
  }
}
