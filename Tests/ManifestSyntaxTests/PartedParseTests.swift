import Diagnostics
import Testing

@testable import ManifestSyntax

struct PartedParseTests {
  private static let size = 12_000

  /// So many bytes of documents, with a document in their middle.
  private func file(_ middle: String = "", lineEnd: String = "\n", note: String = "plain") -> [UInt8] {
    var text = ""
    var hasMiddle = false
    while text.utf8.count < Self.size {
      if !hasMiddle, text.utf8.count > Self.size / 2 {
        text += middle
        hasMiddle = true
      }
      text += "---\nname: n\(text.utf8.count)\nnote: \(note) # why\nlist: [1, {a: b}]\ntext: |\n  two\n  lines\n"
    }
    return Array((lineEnd == "\n" ? text : text.split(separator: "\n").joined(separator: lineEnd) + lineEnd).utf8)
  }

  private func inOnePiece(_ bytes: [UInt8]) -> SyntaxResult {
    bytes.withUnsafeBufferPointer { buffer in
      var parse = FileParse(bytes: buffer, file: "a.yaml", bounds: .standard)
      parse.run()
      return SyntaxResult(documents: parse.documents, diagnostics: parse.diagnostics)
    }
  }

  private func parts(_ bytes: [UInt8]) -> [SyntaxDocument]? {
    PartedParse(bytes: bytes, file: "a.yaml", bounds: .standard, partSize: 2000).documents(InTurn())
  }

  private func isSame(_ documents: [SyntaxDocument], _ others: [SyntaxDocument]) -> Bool {
    documents.map(\.root) == others.map(\.root) && documents.map(\.index) == others.map(\.index)
  }

  @Test(arguments: [("\n", "plain"), ("\r\n", "plain"), ("\n", "größer \u{1F6A7}"), ("\n", "'$5'")])
  func `a large file has the same trees and places when it is read in parts`(lineEnd: String, note: String) throws {
    let bytes = file(lineEnd: lineEnd, note: note)
    let parted = try #require(parts(bytes))
    #expect(isSame(parted, inOnePiece(bytes).documents))
    #expect(parted.allSatisfy(\.mayHoldDollar) == note.contains("$"))
  }

  @Test(arguments: [
    "--- # nothing\n", "---\na: 'cut\n", "---\na: [1,\n", "---\na: 1\na: 2\n", "%TAG ! x\n", "...\n%YAML 1.1\n",
    "---\n\tb\n",
    "---\na: \u{0}\n", "---\na: 0777\n", "---\na: &x [*x]\n", "---\na: \"\n---\n\"\n",
  ])
  func `a file with a mistake is read in one piece, where the mistake has its words`(middle: String) {
    let bytes = file(middle)
    #expect(parts(bytes) == nil)
    #expect(!inOnePiece(bytes).diagnostics.isEmpty)
  }

  @Test func `a mistake in a large file has the words that it has in one piece`() {
    let bytes = Array(String(repeating: "---\na: 1\n", count: 40_000).utf8) + Array("---\na: 'cut\n---\nb: 2\n".utf8)
    let result = parseManifest(bytes: bytes, file: "a.yaml")
    let expected = inOnePiece(bytes)
    #expect(isSame(result.documents, expected.documents))
    #expect(result.diagnostics == expected.diagnostics && !result.diagnostics.isEmpty)
  }

  @Test func `the bound on what aliases add holds for the whole file`() {
    let values = String(repeating: "x", count: 100_000)
    let aliases = "---\na: &a \(values)\nb: [\(String(repeating: "*a, ", count: 25))]\n"
    let bytes = Array(String(repeating: aliases, count: 4).utf8)
    #expect(parts(bytes) == nil)
    #expect(parseManifest(bytes: bytes, file: "a.yaml").diagnostics == inOnePiece(bytes).diagnostics)
  }

  @Test func `a small file is not cut, and one without a place for it is one part`() throws {
    #expect(parts(Array("---\na: 1\n---\nb: 1\n".utf8)) == nil)
    let long = Array("a: |\n".utf8) + Array(repeating: UInt8(ascii: " "), count: Self.size)
    #expect(isSame(try #require(parts(long)), inOnePiece(long).documents))
  }
}
