import Testing

/// A tap and a target of the example `postgres-to-postgres`.
struct Pair: Sendable, CustomTestStringConvertible {
  let tap: Tap
  let target: Target

  enum Tap: String, CaseIterable {
    /// `meltanolabs-tap-postgres`
    case meltano
    /// `pipelinewise-tap-postgres`
    case pipelinewise

    /// What SIGTERM does to it.
    var exitWhenStopped: String {
      switch self {
      case .meltano: "exit 0"
      case .pipelinewise: "signal 15"
      }
    }
  }

  enum Target: String, CaseIterable {
    /// `target-jsonl`
    case jsonl
    /// `meltanolabs-target-postgres`
    case meltano
    /// `pipelinewise-target-postgres`
    case pipelinewise
  }

  static let all = Tap.allCases.flatMap { tap in Target.allCases.map { Pair(tap: tap, target: $0) } }

  /// Of the manifest's file, and of the pipeline in it.
  var name: String { "\(tap)-to-\(target)" }
  /// Where it follows the log.
  var logPipeline: String { name + "-log" }
  /// In the warehouse.
  var schema: String { "\(tap)_to_\(target)" }
  var testDescription: String { name }

  /// The replication slot that its tap reads from.
  func slot(in database: String) -> String {
    switch tap {
    case .meltano: schema
    case .pipelinewise: "pipelinewise_\(database)_\(schema)"
    }
  }
}
