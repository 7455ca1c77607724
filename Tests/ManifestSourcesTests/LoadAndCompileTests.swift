import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel
import Testing

struct LoadAndCompileTests {
  private static func manifest(_ name: String) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: \(name)}
    spec:
      source: {connector: {type: builtin, name: csv}, config: {files: [{stream: a, path: a.csv, keys: [id]}]}}
      destination: {connector: {type: builtin, name: jsonl}, config: {path: out}}

    """
  }

  @Test func `files of a folder are compiled together, each with its set`() throws {
    let folder = try ManifestFolder(["a.yaml": Self.manifest("a"), "b.yaml": Self.manifest("b")])
    let loaded = loadAndCompile([folder.path], environment: nil, knownZones: []) { [] }
    #expect(loaded.compilation.pipelines.map(\.name.text) == ["a", "b"])
    #expect(loaded.compilation.pipelines.allSatisfy { $0.sourceSet == .path(folder.path) })
    #expect(!loaded.hasErrors)
  }

  @Test func `a mistake in one file hides none in another`() throws {
    let folder = try ManifestFolder(["a.yaml": "{", "b.yaml": Self.manifest("b") + "  paused: yes\n"])
    let loaded = loadAndCompile([folder.path, folder.path + "/nowhere"], environment: nil, knownZones: []) { [] }
    #expect(Set(loaded.diagnostics.compactMap(\.primary?.file)) == [folder.path + "/a.yaml", folder.path + "/b.yaml"])
    #expect(loaded.diagnostics.contains { $0.code == .noSuchFile })
  }

  @Test func `a reference into a file that could not be read is no second mistake`() throws {
    let pipeline = """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: a}
      spec: {source: shop, destination: {connector: {type: builtin, name: jsonl}, config: {path: out}}}
      """
    let folder = try ManifestFolder(["a.yaml": pipeline, "sources.yaml": "kind: ["])
    let loaded = loadAndCompile([folder.path], environment: nil, knownZones: []) { [] }
    #expect(Set(loaded.diagnostics.compactMap(\.primary?.file)) == [folder.path + "/sources.yaml"])
    #expect(loaded.hasErrors)
  }
}
