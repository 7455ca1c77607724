import Diagnostics
import ManifestSyntax
import PipelineModel
import SeededRandom
import Testing

@testable import ManifestCompiler

/// Valid workspaces with seeded damage, through everything from bytes to model.
@Suite struct `Mutated workspaces` {
  /// Seeds that found something once.
  private static let regressions: [UInt64] = []

  private static let corpus: [String] = {
    let files = (try? Repository.files(in: "Tests/ManifestCompilerTests/Fixtures/accepted", suffix: ".yaml")) ?? []
    return files.compactMap { try? Repository.text($0) }
  }()

  /// What stands in place of something else.
  private static let intruders = [
    "null", "~", "true", "yes", "-1", "0", "1.5", "1e999", "99999999999999999999", "\"\"", "[]", "{}", "[[[]]]", "2h",
    "-2h", "\"0 25 * * *\"", "${x}", "$", "${", "\"${db_host}\"", "{fromEnv: A}", "{fromEnv: [A]}", "&a", "*a", "!t x",
    "Pipeline", "Source", "local", "builtin", "csv", "singer", "orders", "shop-db", "cancel", "historical", "é", "😀",
    "<<: x", "? y", "|", ">-", "---", "'", "\"", "{", "]", ",", ":", "#", "\t", "\u{0}", "\u{202E}", "\u{FEFF}",
    "2026-02-30T00:00:00Z", "2026-11-21T00:00:00Z", "Europe/Berlin", "Mars/Olympus", "../../etc/passwd",
  ]

  private static func mutant(_ seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var lines = (corpus.randomElement(using: &random) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    for _ in 0..<random.int(1...4) where !lines.isEmpty {
      let place = random.int(0...(lines.count - 1))
      switch random.int(0...6) {
      case 0: lines.remove(at: place)
      case 1: lines.insert(lines[place], at: random.int(0...lines.count))
      case 2: lines[place] = withAnotherValue(lines[place], &random)
      case 3: lines[place] = String(repeating: " ", count: random.int(0...6)) + lines[place]
      case 4: lines[place] = withoutSome(lines[place], &random)
      case 5: lines.insert(intruders.randomElement(using: &random) ?? "", at: place)
      default: lines[place] += intruders.randomElement(using: &random) ?? ""
      }
    }
    var bytes = Array(lines.joined(separator: "\n").utf8)
    if random.chance(10), !bytes.isEmpty { bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...255)) }
    return bytes
  }

  /// `key: something else`.
  private static func withAnotherValue(_ line: String, _ random: inout SplitMix64) -> String {
    let intruder = intruders.randomElement(using: &random) ?? ""
    guard let colon = line.firstIndex(of: ":") else { return intruder }
    return line[...colon] + " " + intruder
  }

  private static func withoutSome(_ line: String, _ random: inout SplitMix64) -> String {
    var characters = Array(line)
    guard !characters.isEmpty else { return line }
    let place = random.int(0...(characters.count - 1))
    characters.removeSubrange(place..<min(characters.count, place + random.int(1...8)))
    return String(characters)
  }

  private func compiled(_ bytes: [UInt8]) -> Compilation {
    let parsed = parseManifest(bytes: bytes, file: "m.yaml")
    let compiled = ManifestCompiler.compile(parsed.documents, options: .forTests)
    return Compilation(
      pipelines: compiled.pipelines, diagnostics: sortedForReport(parsed.diagnostics + compiled.diagnostics),
      origins: compiled.origins)
  }

  @Test(arguments: 0..<8)
  func `become a model or a mistake at a place in the file, the same each time`(part: Int) {
    let seeds = (0..<100).map { UInt64(part * 100 + $0) } + (part == 0 ? Self.regressions : [])
    for seed in seeds { expectModelOrMistake(Self.mutant(seed), "seed \(seed)") }
  }

  private func expectModelOrMistake(_ bytes: [UInt8], _ what: Comment) {
    let first = compiled(bytes)
    let second = compiled(bytes)
    #expect(first.pipelines == second.pipelines && first.diagnostics == second.diagnostics, what)
    for range in first.diagnostics.flatMap({ [$0.primary].compactMap(\.self) + $0.secondary.map(\.range) }) {
      #expect(0 <= range.start.offset && range.start.offset <= range.end.offset, what)
      #expect(range.end.offset <= bytes.count && range.start.line >= 1 && range.start.column >= 1, what)
    }
    let errors = first.diagnostics.filter { $0.severity == .error }
    #expect(errors.allSatisfy { $0.primary != nil }, what)
    let text = String(decoding: bytes, as: UTF8.self)
    if text.contains("kind: Pipeline\n"), first.pipelines.isEmpty { #expect(!errors.isEmpty, what) }
    let rendered = renderText(first.diagnostics, sources: ["m.yaml": bytes], color: false)
    #expect(rendered.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, what)
  }

  @Test func `there is something to mutate`() {
    #expect(Self.corpus.count >= 10)
  }
}
