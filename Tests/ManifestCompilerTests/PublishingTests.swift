import Diagnostics
import Testing

@testable import ManifestCompiler

struct PublishingTests {
  @Test func `the schema that is checked in is fresh`() throws {
    try Repository.expectFresh("schema/pipectl.schema.json", jsonSchema())
  }

  @Test func `the reference page is the same each time`() {
    #expect(referencePage() == referencePage())
    #expect(referencePage().contains("| `cancelGrace` | duration | 60s |"))
  }

  @Test func `the page of diagnostics has every code`() {
    let page = diagnosticsPage(more: [])
    for entry in DiagnosticCatalog.entries { #expect(page.contains("### \(entry.code.text): ")) }
  }

  @Test func `explain finds a field and its children`() throws {
    let schedule = try #require(explain(path: "Pipeline.spec.schedule"))
    #expect(schedule.path == "pipeline.spec.schedule")
    #expect(schedule.type == "mapping")
    #expect(schedule.constraint == "null means no schedule")
    #expect(
      schedule.children.map(\.path).map { $0.split(separator: ".").last } == [
        "cron", "every", "anchor", "timeZone", "missed", "startDeadline", "overlap", "dst",
      ])
    let deadline = try #require(explain(path: "pipeline.spec.schedule.startDeadline"))
    #expect(deadline.defaultText == "1h")
    #expect(deadline.constraint == "at least 1s; a whole number and ms, s, m, h or d")
    #expect(
      explain(path: "pipeline.spec.streams.replication")?.words.map(\.word) == [
        "incremental", "full-table", "log-based",
      ])
  }

  @Test(arguments: ["", "pipelin", "pipeline.", "pipeline.spec.shedule", "pipeline..spec"])
  func `explain knows nothing of other paths`(path: String) {
    #expect(explain(path: path) == nil)
  }

  @Test func `every path that is listed can be explained`() {
    let paths = fieldPaths()
    #expect(paths.count > 100)
    for path in paths { #expect(explain(path: path)?.path == path) }
  }

  @Test func `every example of a field is a value that the field takes`() {
    for kind in ManifestKind.allCases { expectExamplesFit(kind.document) }
  }

  private func expectExamplesFit(_ set: FieldSet) {
    for field in set.fields {
      for example in field.examples {
        guard let node = node(example) else {
          Issue.record("\(field.key): \(example) is not YAML")
          continue
        }
        var checker = Checker(zones: [], provenance: Provenance())
        _ = checker.check(node, as: field.shape, of: field.key)
        #expect(checker.report.diagnostics == [], "\(set.name).\(field.key): \(example)")
      }
      field.shape.sets.forEach(expectExamplesFit)
    }
  }
}
