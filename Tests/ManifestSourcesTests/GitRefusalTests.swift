import ManifestCompiler
import Diagnostics
import Foundation
import ManifestSources
import PipelineModel
import Testing

struct GitRefusalTests {
  private func codes(_ repository: GitRepository, path: String = "", bounds: GitBounds = .standard) throws
    -> [DiagnosticCode]
  {
    var source = try repository.source(path: path, bounds: bounds)
    let manifests = try #require(try source.read(since: nil).manifests)
    #expect(manifests.hasErrors)
    return manifests.diagnostics.map(\.code)
  }

  @Test func `symbolic links and submodules are refused, also where they would be no manifest`() throws {
    let repository = try GitRepository()
    try repository.commit(["a.yaml": pipelineManifest("a")])
    _ = try repository.here("update-index", "--add", "--cacheinfo", "160000,\(try repository.head),jobs/shared")
    for name in ["jobs/link.yaml", "jobs/folder", ".hidden/link.yaml"] {
      let blob = try repository.here("hash-object", "-w", "--stdin", input: Data("/etc/passwd".utf8))
      _ = try repository.here("update-index", "--add", "--cacheinfo", "120000,\(blob),\(name)")
    }
    _ = try repository.commitIndex()
    #expect(try codes(repository).sorted() == [.linkInCommit, .linkInCommit, .submodule])
    #expect(try codes(repository, path: "jobs/link.yaml") == [.linkInCommit])
    #expect(try codes(repository, path: "jobs/shared") == [.submodule])
    #expect(try codes(repository, path: "jobs/folder/x") == [.noSuchPathInCommit])
  }

  @Test func `a path that leaves the tree is refused, asked for or hidden in a commit`() throws {
    let repository = try GitRepository()
    try repository.commit(["a.yaml": pipelineManifest("a")])
    #expect(try codes(repository, path: "../shop") == [.pathLeavesTree])
    #expect(try codes(repository, path: "jobs/../../shop") == [.pathLeavesTree])
    // No command of git's makes such a tree.
    let tree = try repository.here("rev-parse", "HEAD^{tree}")
    let digits = Array(tree.utf8)
    let id = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    let evil = try repository.here(
      "hash-object", "-w", "-t", "tree", "--literally", "--stdin", input: Data(Array("40000 ..".utf8) + [0] + id))
    let commit = try repository.here("commit-tree", "-m", "Evil", evil)
    _ = try repository.here("update-ref", "refs/heads/main", commit)
    #expect(try codes(repository) == [.pathLeavesTree])
  }

  @Test func `a name that is not UTF-8 is refused`() throws {
    let repository = try GitRepository()
    try repository.commit(["a.yaml": pipelineManifest("a")])
    let blob = try repository.here("rev-parse", "HEAD:a.yaml")
    let entry = Array("100644 blob \(blob)\tcaf".utf8) + [0xE9] + Array(".yaml".utf8) + [0]
    let tree = try repository.here("mktree", "-z", input: Data(entry))
    _ = try repository.here("update-ref", "refs/heads/main", try repository.here("commit-tree", "-m", "Latin", tree))
    #expect(try codes(repository) == [.nameNotUTF8])
  }

  @Test func `what is too large is refused without being read`() throws {
    let repository = try GitRepository()
    try repository.commit(["a.yaml": pipelineManifest("a"), "b.yaml": pipelineManifest("b"), "big.txt": "x\n"])
    let size = pipelineManifest("a").utf8.count
    #expect(try codes(repository, bounds: GitBounds(file: size - 1)) == [.manifestTooLarge, .manifestTooLarge])
    #expect(try codes(repository, bounds: GitBounds(total: 2 * size - 1)) == [.commitTooLarge])
    var source = try repository.source(bounds: GitBounds(file: size, total: 2 * size))
    #expect(try source.read(since: nil).manifests?.hasErrors == false)
  }

  @Test func `an emptied folder is a mistake, and never means that all is to go`() throws {
    let repository = try GitRepository()
    let first = try repository.commit(["jobs/a.yaml": pipelineManifest("a"), "README.md": "x"])
    var source = try repository.source(path: "jobs")
    #expect(try source.read(since: nil).manifests?.hasErrors == false)
    try repository.commit(removing: ["jobs/a.yaml"])
    let emptied = try #require(try source.read(since: first).manifests)
    #expect(emptied.diagnostics.map(\.code) == [.noSuchPathInCommit] && emptied.compilation.pipelines.isEmpty)
    try repository.commit(["jobs/notes.txt": "gone"])
    #expect(try codes(repository, path: "jobs") == [.noManifests])
    #expect(try codes(repository) == [.noManifests])
    try repository.commit(removing: ["jobs", "README.md"])
    #expect(try codes(repository) == [.noManifests])
  }
}
