import Diagnostics
import Foundation
import ManifestCompiler
import ManifestSources
import Testing

/// `docs/diagnostics.md` knows every code that the program can print.
struct DocumentedDiagnosticTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources").standardized

  /// Every code that is written in a source file.
  private func declared() throws -> [String] {
    let names = FileManager.default.enumerator(atPath: Self.sources.path)?.compactMap { $0 as? String } ?? []
    let texts = try names.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOf: Self.sources.appendingPathComponent($0), encoding: .utf8)
    }
    return Set(texts.flatMap { $0.matches(of: /DiagnosticCode\("(PC\d{4})"\)/).map { String($0.1) } }).sorted()
  }

  @Test func `the page has each code once, and no other`() throws {
    let page = try Sandbox().pipectl("explain", "--diagnostics").output
    let documented = page.matches(of: /(?m)^### (PC\d{4}): \S/).map { String($0.1) }
    let declared = try declared()
    #expect(declared.count > 60)
    #expect(documented.sorted() == declared)
  }

  @Test(arguments: sourceDiagnostics.entries.map(\.code.text))
  func `a documented command has its mistake`(code: String) throws {
    let sandbox = try Sandbox()
    let entry = try #require(sourceDiagnostics.entries.first { $0.code.text == code })
    let outcome = try Running(
      program: "/bin/bash", ["-ec", entry.example.text], in: sandbox, environment: [:], input: ""
    ).end()
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(outcome.errors.contains("error[\(code)]"), "\(outcome)")
    #expect(outcome.errors.matches(of: /error\[/).count == 1, "\(outcome)")
  }
}
