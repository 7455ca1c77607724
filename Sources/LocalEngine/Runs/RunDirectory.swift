internal import Glibc

/// The private folder of one run, and what is in it.
public struct RunDirectory: Hashable, Sendable {
  /// Absolute.
  public let path: String

  public init(_ path: String) {
    self.path = path
  }

  /// What the supervisor learnt, one JSON object a line.
  public var journal: String { path + "/journal.jsonl" }
  /// What discovery and the tap said on stderr, with the time of each line.
  public var tapLog: String { path + "/tap.log" }
  /// What the target said on stderr, and what it printed that is no state.
  public var targetLog: String { path + "/target.log" }
  /// What a command printed on its standard output, with the time of each line.
  public var outputLog: String { path + "/stdout.log" }
  /// What a command printed on its standard error.
  public var errorLog: String { path + "/stderr.log" }
  /// What the supervisor itself said; normally nothing.
  public var supervisorLog: String { path + "/supervisor.log" }

  /// The variable by which the processes of the run are known.
  var mark: String { "\(ConnectorEnvironment.mark)=\(path)" }
  var name: String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }
  var specification: String { path + "/specification.json" }
  var lock: String { path + "/lock" }
  var stop: String { path + "/stop.json" }
  var orphans: String { path + "/orphans.json" }
  var reserve: String { path + "/reserve" }
  var tapConfig: String { path + "/tap-config.json" }
  var targetConfig: String { path + "/target-config.json" }
  var catalog: String { path + "/catalog.json" }
  var state: String { path + "/state.json" }

  /// Takes away the files that hold secrets, and what a process that was killed while it wrote one left beside it.
  func removeSecrets() {
    let names = (try? Files.names(in: path)).flatMap { $0 } ?? []
    for file in names.map({ path + "/" + $0 }) where file.hasPrefix(tapConfig) || file.hasPrefix(targetConfig) {
      unlink(file)
    }
  }
}
