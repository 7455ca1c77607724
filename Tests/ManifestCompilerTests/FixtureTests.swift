import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct FixtureTests {
  private static let folder = "Tests/ManifestCompilerTests/Fixtures"

  @Test func `there are fixtures of both kinds`() throws {
    #expect(try Repository.files(in: "\(Self.folder)/accepted", suffix: ".yaml").count >= 10)
    #expect(try Repository.files(in: "\(Self.folder)/rejected", suffix: ".yaml").count >= 15)
  }

  @Test(arguments: try Repository.files(in: folder + "/accepted", suffix: ".yaml"))
  func `an accepted manifest has no diagnostics`(file: String) throws {
    let text = try Repository.text(file)
    let compilation = compile(files: [(file, text)])
    #expect(compilation.diagnostics.map(\.place) == [])
    #expect(compilation.pipelines.count == text.split(separator: "\n").count { $0 == "kind: Pipeline" })
  }

  @Test(arguments: try Repository.files(in: folder + "/rejected", suffix: ".yaml"))
  func `a rejected manifest has its diagnostics at the marked places`(file: String) throws {
    let text = try Repository.text(file)
    let markers = Marker.all(in: text)
    let found = compile(files: [(file, text)]).diagnostics
    #expect(found.count == markers.count, "\(found.map(\.place))")
    for marker in markers {
      #expect(found.contains { marker.matches($0) }, "\(marker) is not among \(found.map(\.place))")
    }
  }

  /// Every scalar, list and mapping of a manifest is replaced by each of these in turn, and left out.
  private static let intruders: [SyntaxContent?] = [
    nil, .null, .bool(true), .int(-1), .float(1.5, text: "1.5"), .string("", style: .plain),
    .string("yes", style: .plain),
    .string("${x}", style: .quoted), .string("2h", style: .quoted), .string("a b/c", style: .quoted), .sequence([]),
    .mapping([]),
  ]

  @Test(arguments: try Repository.files(in: folder + "/accepted", suffix: ".yaml").filter { $0.contains("/pipeline") })
  func `a pipeline is compiled exactly when nothing is wrong with it`(file: String) throws {
    let root = try #require(
      parseManifest(bytes: Array(try Repository.text(file).utf8), file: file).documents.first?.root)
    var refused = 0
    for intruder in Self.intruders {
      for mutant in mutants(of: root, with: intruder) {
        let compilation = compile([SyntaxDocument(file: file, index: 0, root: mutant)], options: .forTests)
        #expect(compilation.pipelines.isEmpty == compilation.hasErrors)
        #expect(compilation.diagnostics.allSatisfy { $0.primary != nil })
        refused += compilation.hasErrors ? 1 : 0
      }
    }
    #expect(refused > 50)
  }

  private func mutants(of node: SyntaxNode, with intruder: SyntaxContent?) -> [SyntaxNode] {
    let here = intruder.map { [SyntaxNode(range: node.range, content: $0)] } ?? []
    switch node.content {
    case .null, .bool, .int, .float, .string: return here
    case .sequence(let items):
      return here
        + items.indices.flatMap { place in
          mutants(of: items[place], with: intruder).map { mutant in
            var changed = items
            changed[place] = mutant
            return SyntaxNode(range: node.range, content: .sequence(changed))
          }
        }
    case .mapping(let entries):
      return here + entries.indices.flatMap { mutants(of: node, entries, at: $0, with: intruder) }
    }
  }

  private func mutants(
    of node: SyntaxNode, _ entries: [SyntaxEntry], at place: Int, with intruder: SyntaxContent?
  ) -> [SyntaxNode] {
    let entry = entries[place]
    var without = entries
    without.remove(at: place)
    let removed = intruder == nil ? [SyntaxNode(range: node.range, content: .mapping(without))] : []
    return removed
      + mutants(of: entry.value, with: intruder).map { mutant in
        var changed = entries
        changed[place] = SyntaxEntry(key: entry.key, keyRange: entry.keyRange, value: mutant)
        return SyntaxNode(range: node.range, content: .mapping(changed))
      }
  }

  @Test func `no diagnostic of any fixture shows the value of a setting`() throws {
    for file in try Repository.files(in: "\(Self.folder)/rejected", suffix: ".yaml") {
      for diagnostic in compile(files: [(file, try Repository.text(file))]).diagnostics {
        #expect(!"\(diagnostic)".contains("hunter2"))
        #expect(!"\(diagnostic)".contains("12345"))
      }
    }
  }

  @Test func `the example with two Singer programs compiles`() throws {
    let file = "examples/singer-postgres-to-jsonl/pipeline.yaml"
    let compilation = compile(files: [(file, try Repository.text(file))])
    #expect(compilation.diagnostics.map(\.place) == [])
    #expect(compilation.pipelines.map(\.name.text) == ["shop"])
  }

  @Test(arguments: ["staging", "prod"])
  func `the example with environments compiles in each of them`(environment: String) throws {
    let files = try Repository.files(in: "examples/environments", suffix: ".yaml")
    var options = CompileOptions.forTests
    options.environment = environment
    let compilation = compile(files: try files.map { ($0, try Repository.text($0)) }, options: options)
    #expect(compilation.diagnostics.map(\.place) == [])
    #expect(compilation.pipelines.map(\.name.text) == ["orders"])
  }

  @Test func `the example from PostgreSQL to PostgreSQL compiles`() throws {
    let files = try Repository.files(in: "examples/postgres-to-postgres", suffix: ".yaml")
    var options = CompileOptions.forTests
    options.environment = "here"
    let compilation = compile(files: try files.map { ($0, try Repository.text($0)) }, options: options)
    #expect(compilation.diagnostics.map(\.place) == [])
    #expect(compilation.pipelines.count == 12)
  }
}
