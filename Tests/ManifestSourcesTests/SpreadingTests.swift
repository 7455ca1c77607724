import Diagnostics
import ManifestCompiler
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestSources

struct SpreadingTests {
  @Test func `results over the cores have the order of their inputs`() {
    let numbers = Array(0..<1000)
    #expect(OverCores().map(numbers) { $0 * 2 } == numbers.map { $0 * 2 })
    #expect(OverCores().map([Int]()) { $0 }.isEmpty)
  }

  @Test func `pipelines compile alike in turn and over the cores`() {
    let text = (0..<300).map { number in
      """
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: p-\(number / 2 * 2 + (number == 7 ? 0 : number % 2))}
      spec:
        source: \(number % 50 == 3 ? "missing" : "shop")
        destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}
        schedule: {cron: "0 \(number % 30) * * *"}

      """
    }.joined()
    let shop =
      "---\n{apiVersion: pipectl.dev/v1, kind: Source, metadata: {name: shop}, spec: {connector: {type: builtin, name: csv}}}\n"
    let documents = parseManifest(bytes: Array((text + shop).utf8), file: "a.yaml").documents
    let inTurn = compile(documents, options: CompileOptions(spreading: InTurn()))
    let overCores = compile(documents, options: CompileOptions(spreading: OverCores()))
    #expect(inTurn.pipelines == overCores.pipelines && !inTurn.pipelines.isEmpty)
    #expect(inTurn.diagnostics == overCores.diagnostics && inTurn.hasErrors)
    #expect(inTurn.origins == overCores.origins)
    #expect(compile(documents, options: CompileOptions(keepsOrigins: false)).origins.isEmpty)
  }
}
