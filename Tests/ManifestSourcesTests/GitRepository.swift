import Foundation
import ManifestSources
import PipelineModel
import Testing

/// A real repository in a temporary folder, with a fixed identity, and a place for private copies of it.
final class GitRepository {
  let root: ManifestFolder
  let path: String
  /// Of the user who follows it.
  let home: String
  var url: String { "file://" + path }

  init() throws {
    root = try ManifestFolder(["home/.keep": ""])
    path = root.path + "/shop"
    home = root.path + "/home"
    try git(["init", "--quiet", "--initial-branch=main", path])
  }

  @discardableResult
  func git(_ arguments: [String], input: Data? = nil) throws -> String {
    try Self.run("/usr/bin/env", ["git"] + arguments, environment: environment, input: input)
  }

  /// What a user has, without this user's own settings.
  var environment: [String: String] {
    let identity = ["GIT_AUTHOR": "Ann", "GIT_COMMITTER": "Ann"].flatMap { role, name in
      [("\(role)_NAME", name), ("\(role)_EMAIL", "ann@example.com"), ("\(role)_DATE", "2026-11-21T08:00:00Z")]
    }
    let base = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    return base.merging(identity) { first, _ in first }
  }

  func here(_ arguments: String..., input: Data? = nil) throws -> String {
    try git(["-C", path] + arguments, input: input)
  }

  /// Writes and removes files, and commits.
  @discardableResult
  func commit(_ files: [String: String] = [:], removing: [String] = []) throws -> CommitID {
    for (name, text) in files {
      let target = path + "/" + name
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: target))
    }
    for name in removing { try FileManager.default.removeItem(atPath: path + "/" + name) }
    _ = try here("add", "--all")
    return try commitIndex()
  }

  func commitIndex() throws -> CommitID {
    _ = try here("commit", "--quiet", "--allow-empty", "--message", "Change")
    return try head
  }

  var head: CommitID {
    get throws { try #require(CommitID(try here("rev-parse", "HEAD"))) }
  }

  func source(
    url: String? = nil, ref: String = "main", path: String = "", environment name: String? = nil,
    bounds: GitBounds = .standard, patience: Int64 = 120_000, variables: [String: String] = [:]
  ) throws -> GitSource {
    let location = try GitLocation(url: url ?? self.url, ref: ref, path: path)
    return try GitSource(
      location, mirror: mirror(of: location),
      settings: CompileSettings(environment: name, knownZones: [], capabilities: .forTests), bounds: bounds,
      patience: patience, environment: environment.merging(variables) { _, new in new })
  }

  func mirror(of location: GitLocation) -> String { root.path + "/state/git/" + location.mirrorName }

  static func run(_ program: String, _ arguments: [String], environment: [String: String], input: Data?) throws
    -> String
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    let feed = Pipe()
    process.standardInput = feed
    try process.run()
    if let input { feed.fileHandleForWriting.write(input) }
    try feed.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments): \(said)")
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// A pipeline's manifest that compiles by itself, or refers to others.
func pipelineManifest(_ name: String, source: String? = nil, mode: String = "incremental") -> String {
  """
  apiVersion: pipectl.dev/v1
  kind: Pipeline
  metadata: {name: \(name)}
  spec:
    mode: \(mode)
    source: \(source ?? "{connector: {type: builtin, name: csv}, config: {files: [{stream: a, path: a.csv, keys: [id]}]}}")
    destination: {connector: {type: builtin, name: jsonl}, config: {path: out}}

  """
}

func remoteManifest(_ name: String, engine: String = "far", id: String) -> String {
  """
  apiVersion: pipectl.dev/v1
  kind: Pipeline
  metadata: {name: \(name)}
  spec: {engine: \(engine), remote: {id: "\(id)"}}

  """
}

func engineManifest(_ name: String) -> String {
  "{apiVersion: pipectl.dev/v1, kind: Engine, metadata: {name: \(name)}, spec: {type: acme}}\n"
}

extension [String: Capabilities] {
  /// This machine, and a service that holds what it runs.
  static var forTests: Self {
    var acme = Capabilities.local
    acme.engineType = "acme"
    acme.scheduleOwner = .engine
    return ["local": .local, "acme": acme]
  }
}

func sourceManifest(_ name: String, path: String = "a.csv") -> String {
  """
  apiVersion: pipectl.dev/v1
  kind: Source
  metadata: {name: \(name)}
  spec: {connector: {type: builtin, name: csv}, config: {path: \(path)}}

  """
}
