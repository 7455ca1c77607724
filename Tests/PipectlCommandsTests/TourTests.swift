import Foundation
import Testing

/// What a page of `docs/engines` shows of a terminal is in the transcript of the same name, which is what the program prints.
struct TourTests {
  private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../docs/engines")

  static let pages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: docs.path)) ?? []
    // Others are played by tests of their own.
    let played = Set(Transcript.names)
    return names.filter { page in
      page.hasSuffix(".md") && !blocks(of: page).isEmpty && played.contains(page.replacing(".md", with: ".txt"))
    }.sorted()
  }()

  /// The terminals of a page.
  private static func blocks(of page: String) -> [String] {
    let text = (try? String(contentsOf: docs.appendingPathComponent(page), encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```console\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test(arguments: pages)
  func `a tour shows what the program prints`(page: String) throws {
    let transcript = try Transcript(named: page.replacing(".md", with: ".txt")).text
    for block in Self.blocks(of: page) {
      #expect(transcript.contains(block.trimmingCharacters(in: .newlines)), "\(block)")
    }
  }

  @Test func `there is a tour`() {
    #expect(Self.pages.contains("stitch.md"))
  }
}
