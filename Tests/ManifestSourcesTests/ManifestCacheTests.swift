import ManifestCompiler
import Diagnostics
import Foundation
import ManifestSources
import PipelineModel
import Testing

/// Whatever was read before, the result is the one of reading everything.
struct ManifestCacheTests {
  /// What a source that never read anything before makes of the same.
  private func fresh(_ repository: GitRepository, environment: String? = nil) throws -> LoadedManifests {
    var source = try repository.source(environment: environment)
    return try #require(try source.read(since: nil).manifests)
  }

  private func agree(_ one: LoadedManifests, _ other: LoadedManifests) -> Bool {
    one.compilation.pipelines == other.compilation.pipelines && one.diagnostics == other.diagnostics
      && one.sourceSets == other.sourceSets && one.compilation.diagnostics == other.compilation.diagnostics
      && one.consentPlaces == other.consentPlaces
  }

  /// How many files are parsed to take in a change.
  private func parsed(_ source: inout GitSource, _ repository: GitRepository, environment: String? = nil) throws -> Int
  {
    let before = source.cache.parsedFiles
    let loaded = try source.load(try source.fetch(since: nil).commit)
    #expect(agree(loaded, try fresh(repository, environment: environment)))
    return source.cache.parsedFiles - before
  }

  private static let many = Dictionary(
    uniqueKeysWithValues: (0..<60).map { ("p/\($0).yaml", pipelineManifest("p-\($0)", source: $0 < 3 ? "shop" : nil)) })

  @Test func `only what changed is parsed again, and what refers to it`() throws {
    let repository = try GitRepository()
    try repository.commit(
      Self.many.merging(["shop.yaml": sourceManifest("shop"), "other.yaml": sourceManifest("other")]) { a, _ in a })
    var source = try repository.source()
    #expect(try parsed(&source, repository) == 62)
    #expect(try parsed(&source, repository) == 0)
    try repository.commit(["p/7.yaml": pipelineManifest("p-7", mode: "snapshot")])
    #expect(try parsed(&source, repository) == 1)
    // With the source that it refers to.
    try repository.commit(["p/1.yaml": pipelineManifest("p-1", source: "shop", mode: "snapshot")])
    #expect(try parsed(&source, repository) == 2)
    // With the pipelines that refer to it.
    try repository.commit(["shop.yaml": sourceManifest("shop", path: "b.csv")])
    #expect(try parsed(&source, repository) == 4)
    try repository.commit(["p/new.yaml": pipelineManifest("p-new", source: "other")], removing: ["p/8.yaml"])
    #expect(try parsed(&source, repository) == 2)
    // A file under another name.
    try repository.commit(["p/nine.yaml": pipelineManifest("p-9")], removing: ["p/9.yaml"])
    #expect(try parsed(&source, repository) == 1)
  }

  @Test func `an engine called local that comes into being concerns every pipeline`() throws {
    let repository = try GitRepository()
    try repository.commit(Self.many.merging(["shop.yaml": sourceManifest("shop")]) { a, _ in a })
    var source = try repository.source()
    _ = try parsed(&source, repository)
    let engine =
      "{apiVersion: pipectl.dev/v1, kind: Engine, metadata: {name: local}, spec: {type: local, maxConcurrentRuns: 3}}\n"
    try repository.commit(["engine.yaml": engine])
    _ = try parsed(&source, repository)
    try repository.commit(removing: ["engine.yaml"])
    _ = try parsed(&source, repository)
  }

  @Test func `a commit with a mistake says all that is wrong, and the next good one is a small change again`() throws {
    let repository = try GitRepository()
    try repository.commit(Self.many.merging(["shop.yaml": sourceManifest("shop")]) { a, _ in a })
    var source = try repository.source()
    _ = try parsed(&source, repository)
    for broken in [
      ["p/5.yaml": "{"], ["p/5.yaml": pipelineManifest("p-4")], ["p/5.yaml": pipelineManifest("p-5", source: "shp")],
      ["p/5.yaml": "kind: [x"], ["p/5.yaml": ""],
    ] {
      try repository.commit(broken)
      #expect(try fresh(repository).hasErrors)
      _ = try parsed(&source, repository)
    }
    try repository.commit(["p/5.yaml": Self.many["p/5.yaml"] ?? ""], removing: ["shop.yaml"])
    #expect(try fresh(repository).hasErrors)
    _ = try parsed(&source, repository)
    try repository.commit(["shop.yaml": sourceManifest("shop"), "p/5.yaml": pipelineManifest("p-5", mode: "snapshot")])
    #expect(try parsed(&source, repository) == 1)
  }

  @Test func `a commit that gives an object of an engine a second pipeline is refused as everything would be`() throws {
    let repository = try GitRepository()
    try repository.commit(
      Self.many.merging([
        "shop.yaml": sourceManifest("shop"), "far.yaml": engineManifest("far"), "near.yaml": engineManifest("near"),
        "r/1.yaml": remoteManifest("r-1", id: "1"), "r/2.yaml": remoteManifest("r-2", id: "2"),
      ]) { a, _ in a })
    var source = try repository.source()
    _ = try parsed(&source, repository)
    // On another engine it is another object.
    try repository.commit(["r/3.yaml": remoteManifest("r-3", engine: "near", id: "1")])
    #expect(try parsed(&source, repository) == 2)
    try repository.commit(["r/4.yaml": remoteManifest("r-4", id: "1")])
    let refused = try fresh(repository)
    #expect(refused.diagnostics.map(\.code) == [.sharedObject])
    #expect(refused.diagnostics.first?.primary?.file == "r/4.yaml")
    #expect(refused.diagnostics.first?.secondary.map(\.range.file) == ["r/1.yaml"])
    _ = try parsed(&source, repository)
    // It goes from one to the other, under another name or not.
    try repository.commit(["r/1.yaml": remoteManifest("r-1", id: "4")])
    #expect(try parsed(&source, repository) == 3)
    try repository.commit(["r/5.yaml": remoteManifest("r-5", id: "2")], removing: ["r/2.yaml"])
    #expect(try parsed(&source, repository) == 2)
  }

  @Test func `warnings stay as long as what they speak of`() throws {
    let repository = try GitRepository()
    let loud = sourceManifest("loud").replacing("path: a.csv", with: "path: a.csv, password: hunter2")
    try repository.commit(Self.many.merging(["shop.yaml": sourceManifest("shop"), "loud.yaml": loud]) { a, _ in a })
    var source = try repository.source()
    _ = try parsed(&source, repository)
    #expect(try fresh(repository).diagnostics.contains { $0.severity == .warning })
    try repository.commit(["p/5.yaml": pipelineManifest("p-5", source: "loud")])
    #expect(try parsed(&source, repository) == 2)
    try repository.commit(["p/6.yaml": pipelineManifest("p-6", mode: "snapshot")])
    #expect(try parsed(&source, repository) == 1)
    try repository.commit(["loud.yaml": sourceManifest("loud")])
    #expect(try parsed(&source, repository) == 2)
    #expect(try fresh(repository).diagnostics.isEmpty)
  }

  @Test func `where a pipeline asks for what its manifest has to agree to as well is known as long as it asks`() throws
  {
    let repository = try GitRepository()
    let asking =
      Self.many["p/5.yaml", default: ""] + "  job: {request: again, action: start, dropDestinationFirst: true}\n"
    try repository.commit(
      Self.many.merging(["shop.yaml": sourceManifest("shop"), "p/5.yaml": asking]) { _, new in new })
    var source = try repository.source()
    _ = try parsed(&source, repository)
    #expect(try fresh(repository).consentPlaces == [PipelineName("p-5"): "p/5.yaml:8:62"])
    try repository.commit(["p/6.yaml": pipelineManifest("p-6", mode: "snapshot")])
    #expect(try parsed(&source, repository) == 1)
    try repository.commit(["p/5.yaml": "# later\n" + asking])
    #expect(try parsed(&source, repository) == 1)
    #expect(try fresh(repository).consentPlaces == [PipelineName("p-5"): "p/5.yaml:9:62"])
    try repository.commit(["p/5.yaml": pipelineManifest("p-5")])
    #expect(try parsed(&source, repository) == 1)
    #expect(try fresh(repository).consentPlaces.isEmpty)
  }

  @Test func `an environment's patches and variables hold for what is compiled again`() throws {
    let repository = try GitRepository()
    let environment = """
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: prod}
      spec:
        variables: {mode: snapshot}
        patches:
          - {target: {kind: Pipeline, name: "p-1*"}, spec: {source: other, paused: true}}
          - {target: {kind: Pipeline, name: "nobody*"}, spec: {paused: true}}

      """
    try repository.commit(
      Self.many.merging([
        "shop.yaml": sourceManifest("shop"), "other.yaml": sourceManifest("other", path: "other.csv"),
        "prod.yaml": environment,
      ]) { a, _ in a })
    var source = try repository.source(environment: "prod")
    _ = try parsed(&source, repository, environment: "prod")
    try repository.commit(["p/12.yaml": pipelineManifest("p-12", mode: "snapshot")])
    #expect(try parsed(&source, repository, environment: "prod") == 3)
    try repository.commit(["other.yaml": sourceManifest("other", path: "third.csv")])
    _ = try parsed(&source, repository, environment: "prod")
    // A pipeline that the idle patch was waiting for.
    try repository.commit(["nobody.yaml": pipelineManifest("nobody")])
    _ = try parsed(&source, repository, environment: "prod")
    try repository.commit(["prod.yaml": environment.replacing("paused: true", with: "paused: false")])
    _ = try parsed(&source, repository, environment: "prod")
  }

  /// - Parameter isKept: laid together in memory, the pipelines are the same.
  @Test(arguments: [false, true]) func `a folder is read whole, and only what differs is parsed`(isKept: Bool) throws {
    let folder = try ManifestFolder(Self.many.merging(["shop.yaml": sourceManifest("shop")]) { a, _ in a })
    var settings = CompileSettings(environment: nil, knownZones: [])
    settings.isKept = isKept
    var source = FolderSource([folder.path], settings: settings)
    let first = source.read().manifests
    #expect(agree(first, loadAndCompile([folder.path], environment: nil, knownZones: []) { [] }))
    // Same length, and as likely as not within the same instant.
    try pipelineManifest("q-7").write(toFile: folder.path + "/p/7.yaml", atomically: false, encoding: .utf8)
    let changed = source.read().manifests
    #expect(source.cache.parsedFiles == 62)
    let whole = loadAndCompile([folder.path], environment: nil, knownZones: []) { [] }
    #expect(agree(changed, whole) && changed.compilation.pipelines.contains { $0.name.text == "q-7" })
    try FileManager.default.removeItem(atPath: folder.path + "/p")
    try FileManager.default.removeItem(atPath: folder.path + "/shop.yaml")
    #expect(source.read().manifests.diagnostics.map(\.code) == [.noManifests])
    try FileManager.default.removeItem(atPath: folder.path)
    #expect(source.read().manifests.diagnostics.map(\.code) == [.noSuchFile])
  }
}
