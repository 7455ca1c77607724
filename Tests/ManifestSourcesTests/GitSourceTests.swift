import ManifestCompiler
import Diagnostics
import Foundation
import Glibc
import ManifestSources
import PipelineModel
import Testing

struct GitSourceTests {
  private func names(_ manifests: LoadedManifests?) -> [String]? { manifests?.compilation.pipelines.map(\.name.text) }

  @Test func `a commit is read from its objects, below the path, without dot-folders and other files`() throws {
    let repository = try GitRepository()
    let commit = try repository.commit([
      "jobs/b.yaml": pipelineManifest("b"), "jobs/deep/a.yml": pipelineManifest("a"), "jobs/.x/c.yaml": "{",
      "jobs/.d.yaml": "{", "jobs/notes.txt": "n", "other/e.yaml": "{",
    ])
    var source = try repository.source(path: "./jobs/")
    let reading = try source.read(since: nil)
    #expect(reading.commit == commit && reading.change == .first(commit))
    let manifests = try #require(reading.manifests)
    #expect(manifests.diagnostics.isEmpty)
    #expect(names(manifests) == ["a", "b"])
    let set = SourceSet.git(url: repository.url, path: "jobs")
    #expect(manifests.sourceSets == [set])
    #expect(manifests.compilation.pipelines.allSatisfy { $0.sourceSet == set })
    let copied = FileManager.default.enumerator(atPath: repository.root.path + "/state")?.compactMap { $0 as? String }
    #expect(copied?.contains { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } == false)
  }

  @Test func `a mistake in a commit is told with its place in the repository`() throws {
    let repository = try GitRepository()
    try repository.commit([
      "jobs/a.yaml": pipelineManifest("a") + "  pausd: true\n", "jobs/b.yaml": pipelineManifest("b"),
    ])
    var source = try repository.source(path: "jobs")
    let manifests = try #require(try source.read(since: nil).manifests)
    #expect(manifests.hasErrors)
    #expect(manifests.diagnostics.map(\.primary?.file) == ["jobs/a.yaml"])
    #expect(manifests.sources.keys.sorted() == ["jobs/a.yaml"])
  }

  @Test func `a revert is a normal change, a commit that does not descend is a rewritten history`() throws {
    let repository = try GitRepository()
    let first = try repository.commit(["a.yaml": pipelineManifest("a")])
    let second = try repository.commit(["b.yaml": pipelineManifest("b")])
    var source = try repository.source()
    #expect(try source.read(since: first).change == .advanced(from: first, to: second))
    #expect(try source.read(since: second).manifests == nil)
    #expect(try source.fetch(since: second) == .unchanged(second))
    _ = try repository.here("revert", "--no-edit", second.text)
    let revert = try repository.head
    let reverted = try source.read(since: second)
    #expect(reverted.change == .advanced(from: second, to: revert))
    #expect(names(reverted.manifests) == ["a"])

    // An older commit that is pushed by force.
    _ = try repository.here("reset", "--quiet", "--hard", first.text)
    let back = try source.read(since: revert)
    #expect(back.change == .rewritten(from: revert, to: first) && back.manifests == nil)
    // Another history.
    _ = try repository.here("commit", "--quiet", "--amend", "--message", "Other")
    #expect(try source.fetch(since: first) == .rewritten(from: first, to: try repository.head))
    // The person agrees: what was refused is read.
    #expect(names(try source.load(try repository.head)) == ["a"])
    // A commit that nobody knows any more proves nothing.
    let unknown = try #require(CommitID(String(repeating: "1", count: 40)))
    #expect(try source.fetch(since: unknown) == .rewritten(from: unknown, to: try repository.head))
  }

  @Test func `branches, tags and commits are followed, a branch before a tag of the same name`() throws {
    let repository = try GitRepository()
    let first = try repository.commit(["a.yaml": pipelineManifest("a")])
    _ = try repository.here("tag", "--annotate", "--message", "One", "v1")
    _ = try repository.here("tag", "main")
    let second = try repository.commit(["b.yaml": pipelineManifest("b")])
    for (ref, commit) in [
      ("main", second), ("v1", first), ("refs/tags/main", first), ("HEAD", second), (first.text, first),
      (second.text.uppercased(), second),
    ] {
      #expect(try repository.source(ref: ref).fetch(since: nil) == .first(commit), "\(ref)")
    }
    // Twice: what is here already is not fetched again.
    #expect(try repository.source(ref: "v1").fetch(since: first) == .unchanged(first))
  }

  @Test func `a repository whose ids are longer is followed too`() throws {
    let repository = try GitRepository()
    try FileManager.default.removeItem(atPath: repository.path)
    try repository.git(["init", "--quiet", "--initial-branch=main", "--object-format=sha256", repository.path])
    let commit = try repository.commit(["a.yaml": pipelineManifest("a")])
    #expect(commit.text.count == 64)
    var source = try repository.source()
    #expect(names(try source.read(since: nil).manifests) == ["a"])
    let next = try repository.commit(["b.yaml": pipelineManifest("b")])
    #expect(try source.read(since: commit).change == .advanced(from: commit, to: next))
  }

  @Test func `hooks, filters and settings of a user change nothing in what is read`() throws {
    let repository = try GitRepository()
    let trap = repository.root.path + "/trap"
    let hook = repository.home + "/hook"
    try "#!/bin/sh\ntouch \(trap)\n".write(toFile: hook, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    let hooks = repository.home + "/hooks"
    try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: false)
    for name in ["reference-transaction", "post-checkout", "post-merge"] {
      try FileManager.default.copyItem(atPath: hook, toPath: hooks + "/" + name)
    }
    try repository.commit([".gitattributes": "*.yaml filter=trap\n", "a.yaml": pipelineManifest("a")])
    try "[core]\nhooksPath = \(hooks)\n[filter \"trap\"]\nsmudge = \(hook)\nclean = \(hook)\nrequired\n".write(
      toFile: repository.home + "/.gitconfig", atomically: true, encoding: .utf8)
    var source = try repository.source()
    #expect(names(try source.read(since: nil).manifests) == ["a"])
    #expect(!FileManager.default.fileExists(atPath: trap))
  }

  @Test func `a private copy that a killed git left locked, or that is damaged, is mended`() throws {
    let repository = try GitRepository()
    let first = try repository.commit(["a.yaml": pipelineManifest("a")])
    var source = try repository.source()
    _ = try source.read(since: nil)
    let mirror = repository.mirror(of: source.location)
    let refs = try FileManager.default.contentsOfDirectory(atPath: mirror + "/refs/pipectl")
    for ref in refs {
      #expect(FileManager.default.createFile(atPath: mirror + "/refs/pipectl/\(ref).lock", contents: nil))
    }
    let second = try repository.commit(["b.yaml": pipelineManifest("b")])
    #expect(try source.read(since: first).change == .advanced(from: first, to: second))
    try FileManager.default.removeItem(atPath: mirror)
    #expect(names(try source.load(try source.fetch(since: second).commit)) == ["a", "b"])
  }

  @Test func `git daemon serves as well as a folder`() throws {
    let repository = try GitRepository()
    let commit = try repository.commit(["a.yaml": pipelineManifest("a")])
    let daemon = try GitDaemon(serving: repository)
    defer { daemon.stop() }
    var source = try repository.source(url: daemon.url + "/shop")
    #expect(names(try source.read(since: nil).manifests) == ["a"])
    let next = try repository.commit(["b.yaml": pipelineManifest("b")])
    #expect(try source.read(since: commit).change == .advanced(from: commit, to: next))
    #expect(failure { try repository.source(url: daemon.url + "/nowhere").fetch(since: nil) }?.code == .notARepository)
  }
}

/// What a source failed with.
func failure(_ work: () throws -> some Any) -> SourceFailure? {
  do {
    _ = try work()
    return nil
  } catch {
    return error as? SourceFailure
  }
}
