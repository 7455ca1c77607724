import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct ManifestPartTests {
  private static let shop = """
    ---
    apiVersion: pipectl.dev/v1
    kind: Source
    metadata: {name: shop}
    spec: {connector: {type: builtin, name: csv}, config: {path: in}}

    """

  private static let inline = "{connector: {type: builtin, name: csv}, config: {path: in}}"

  private static let count = 120

  /// More than a quarter of a megabyte of pipelines, so that it is cut, with something in its middle.
  private func stream(_ middle: String = "") -> [(name: String, text: String)] {
    let comment = "# " + String(repeating: "why ", count: 650) + "\n"
    let pipelines = (0..<Self.count).map { number in
      "---\n" + comment
        + pipeline("schedule: {cron: \"\(number % 60) 6 * * *\"}", "retry: {attempts: 2}", name: "p\(number)")
    }
    let half = Self.count / 2
    return [("b.yaml", (pipelines[..<half] + [middle] + pipelines[half...]).joined())]
  }

  @Test func `a large file compiles to the same, whether it is read before or on the way`() throws {
    let named = "---\n" + pipeline(name: "named").replacing(Self.inline, with: "shop")
    for middle in ["", Self.shop, named + Self.shop, "---\n" + pipeline("mode: often", name: "wrong")] {
      let files = stream(middle)
      #expect(ManifestPart.parts(bytes: Array(files[0].text.utf8), file: "b.yaml").count > 1)
      let onTheWay = try #require(compileOnTheWay(files))
      #expect(onTheWay.pipelines.count >= Self.count)
      #expect(onTheWay.diagnostics == compile(files: files).diagnostics)
    }
  }

  @Test func `two pipelines of one name are told in the order of their files and places`() throws {
    let twice = stream("---\n" + pipeline(name: "p3")) + [("a.yaml", pipeline(name: "p\(Self.count - 1)"))]
    let onTheWay = try #require(compileOnTheWay(twice))
    #expect(onTheWay.codes == ["PC0207", "PC0207"])
    #expect(onTheWay.diagnostics == compile(files: twice).diagnostics)
  }

  @Test(arguments: [
    "---\na: [1\n", "---\na: 1\na: 2\n", "---\na: \u{0}\n", "---\n- no manifest\n",
    "---\n{apiVersion: pipectl.dev/v1, \"kind\": Source, metadata: {name: s}, spec: {}}\n",
    "---\napiVersion: pipectl.dev/v2\nkind: Pipeline\n",
  ])
  func `where a text is not sound, or no pipeline, everything has to be read first`(middle: String) {
    #expect(compileOnTheWay(stream(middle)) == nil)
    #expect(compileOnTheWay([("a.yaml", pipeline() + middle)]) == nil)
  }
}
