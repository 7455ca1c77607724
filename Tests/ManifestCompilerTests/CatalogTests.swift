import Diagnostics
import ManifestSyntax
import Testing

@testable import ManifestCompiler

struct CatalogTests {
  @Test(arguments: DiagnosticCatalog.entries.map(\.code.text))
  func `a documented example has its code at its marked place, and nothing else`(code: String) throws {
    let entry = try #require(DiagnosticCatalog.entries.first { $0.code.text == code })
    let markers = Marker.all(in: entry.example.text)
    // Examples of YAML are no whole manifests: what the compiler says of them is beside the point.
    let found = entry.example.diagnostics.filter { !code.hasPrefix("PC00") || $0.code.text.hasPrefix("PC00") }
    #expect(markers.contains { $0.code == code })
    #expect(found.count == markers.count, "\(found.map(\.place))")
    for marker in markers {
      #expect(found.contains { marker.matches($0) }, "\(marker) is not among \(found.map(\.place))")
    }
  }

  @Test func `every code that exists is documented once`() throws {
    let documented = DiagnosticCatalog.entries.map(\.code.text)
    #expect(Set(documented).count == documented.count)
    let declared = try ["ManifestSyntax/SyntaxCodes.swift", "ManifestCompiler/Report/CompilerCodes.swift"]
      .flatMap { try Repository.text("Sources/\($0)").split(separator: "\"").filter { $0.hasPrefix("PC") } }
      .map(String.init)
    #expect(declared.count > 50)
    #expect(declared.sorted() == documented)
  }

  @Test func `every entry says something`() {
    for entry in DiagnosticCatalog.entries {
      #expect(
        !entry.title.isEmpty && (entry.explanation.hasSuffix(".") || entry.explanation.hasSuffix(".)")), "\(entry.code)"
      )
    }
  }
}
