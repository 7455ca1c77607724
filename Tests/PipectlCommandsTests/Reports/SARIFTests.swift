import Foundation
import Testing

/// What `--format sarif` writes, as readers of SARIF 2.1.0 take it; an independent validator looks at it in `scripts/check-ci.sh`.
struct SARIFTests {
  private func log(_ sandbox: Sandbox, _ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try sandbox.start(["validate", "--format", "sarif"] + arguments, environment: environment).end()
  }

  @Test func `a mistake is a result with its rule, its region and its fix`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let manifest = try sandbox.read("pipelines/rows.yaml").replacingOccurrences(of: "name: sqlite", with: "name: sqlit")
    try sandbox.write(manifest, to: "pipelines/rows.yaml")
    let outcome = try log(sandbox, "-f", "pipelines")
    #expect(outcome.exitCode == 1)
    #expect(try outcome.text("version") == "2.1.0")
    #expect(try outcome.text("$schema")?.hasSuffix("sarif-2.1.0.json") == true)
    #expect(try outcome.text("runs", 0, "columnKind") == "unicodeCodePoints")
    #expect(try outcome.text("runs", 0, "tool", "driver", "name") == "pipectl")
    let result: [any Sendable] = ["runs", 0, "results", 0]
    #expect(try outcome.value(result + ["ruleId"]) as? String == "PC0115")
    #expect(try outcome.value(result + ["level"]) as? String == "error")
    let index = try #require(try outcome.value(result + ["ruleIndex"]) as? Int)
    #expect(try outcome.text("runs", 0, "tool", "driver", "rules", index, "id") == "PC0115")
    #expect(try outcome.text("runs", 0, "tool", "driver", "rules", index, "help", "text") != nil)
    let place = result + ["locations", 0, "physicalLocation"]
    #expect(try outcome.value(place + ["artifactLocation", "uri"]) as? String == "pipelines/rows.yaml")
    #expect(try outcome.value(place + ["artifactLocation", "uriBaseId"]) as? String == "%SRCROOT%")
    let line = try #require(manifest.split(separator: "\n").firstIndex { $0.contains("sqlit}") }) + 1
    #expect(try outcome.value(place + ["region", "startLine"]) as? Int == line)
    let replacement = result + ["fixes", 0, "artifactChanges", 0, "replacements", 0]
    #expect(try outcome.value(replacement + ["insertedContent", "text"]) as? String == "sqlite")
    let region = try #require(try outcome.value(replacement + ["deletedRegion"]) as? [String: Int])
    let (start, end) = (try #require(region["startColumn"]), try #require(region["endColumn"]))
    let text = Array(manifest.split(separator: "\n")[line - 1].unicodeScalars)
    #expect(
      String(String.UnicodeScalarView(text[start - 1..<end - 1])) == "sqlit", "columns count from one, the end excluded"
    )
  }

  @Test func `columns count characters, not bytes, and paths are URIs`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "apiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: big, labels: {team: 'größe 🐘'}, nam: x}\nspec: {type: local}\n",
      to: "große ordner/a b.yaml")
    let outcome = try log(sandbox, "-f", "große ordner")
    let place: [any Sendable] = ["runs", 0, "results", 0, "locations", 0, "physicalLocation"]
    #expect(
      try outcome.value(place + ["artifactLocation", "uri"]) as? String == "gro%C3%9Fe%20ordner/a%20b.yaml",
      "\(outcome)")
    let line = "metadata: {name: big, labels: {team: 'größe 🐘'}, nam: x}"
    let column = try #require(Array(line.unicodeScalars).firstIndex(of: "🐘")) + 6
    #expect(try outcome.value(place + ["region", "startColumn"]) as? Int == column)
  }

  @Test func `further places are related locations, and equal mistakes can be told apart`() throws {
    let sandbox = try Sandbox()
    let engine = "apiVersion: pipectl.dev/v1\nkind: Engine\nmetadata: {name: big}\nspec: {type: local}\n"
    try sandbox.write([engine, engine, engine].joined(separator: "---\n"), to: "engines.yaml")
    let outcome = try log(sandbox, "-f", "engines.yaml")
    let results = try outcome.list("runs", 0, "results")
    #expect(results.count == 2, "\(outcome)")
    #expect(
      try outcome.text("runs", 0, "results", 0, "relatedLocations", 0, "physicalLocation", "artifactLocation", "uri")
        == "engines.yaml")
    #expect(try outcome.text("runs", 0, "results", 0, "relatedLocations", 0, "message", "text")?.isEmpty == false)
    let prints = try (0..<2).map {
      try outcome.text("runs", 0, "results", $0, "partialFingerprints", "pipectlMistake/v1")
    }
    #expect(Set(prints).count == 2)
    // A line above does not make them other mistakes.
    try sandbox.write("# a comment\n" + (try sandbox.read("engines.yaml")), to: "engines.yaml")
    let moved = try log(sandbox, "-f", "engines.yaml")
    let again = try (0..<2).map { try moved.text("runs", 0, "results", $0, "partialFingerprints", "pipectlMistake/v1") }
    #expect(again == prints)
  }

  @Test func `no mistake is a log too`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let outcome = try log(sandbox, "-f", "pipelines")
    #expect(outcome.exitCode == 0)
    #expect(try outcome.list("runs").count == 1)
    #expect(try outcome.value(["runs", 0, "results"]) as? [String] == [])
    #expect(try outcome.list("runs", 0, "tool", "driver", "rules").count > 50)
  }

  @Test func `standard input and a missing file have a sane place`() throws {
    let sandbox = try Sandbox()
    let piped = try sandbox.pipectl("validate", "--format", "sarif", "-f", "-", input: "kind: Pipelin\n")
    let place: [any Sendable] = ["runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation"]
    #expect(try piped.value(place + ["uri"]) as? String == "stdin")
    #expect(try piped.value(place + ["uriBaseId"]) == nil)
    #expect(try log(sandbox, "-f", "nowhere.yaml").value(place + ["uri"]) as? String == "nowhere.yaml")
  }

  @Test func `paths are told from the root of the checkout, wherever pipectl is called`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("kind: Pipelin\n", to: "data/pipelines/broken.yaml")
    let command = "cd data && pipectl validate -f ./pipelines/../pipelines --format"
    func said(_ format: String) throws -> Outcome {
      try Running(
        program: "/bin/bash", ["-c", "\(command) \(format)"], in: sandbox,
        environment: ["GITHUB_WORKSPACE": sandbox.path], input: ""
      ).end()
    }
    #expect(try said("github").output.hasPrefix("::error file=data/pipelines/broken.yaml,line=1,"))
    let place: [any Sendable] = ["runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation"]
    #expect(try said("sarif").value(place + ["uri"]) as? String == "data/pipelines/broken.yaml")
  }
}
