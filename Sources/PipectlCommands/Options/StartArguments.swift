import ArgumentParser
import PipelineModel

enum ModeArgument: String, CaseIterable, ExpressibleByArgument {
  case incremental, historical, snapshot, continuous

  var mode: RunMode {
    switch self {
    case .incremental: .incremental
    case .historical: .historical
    case .snapshot: .snapshot
    case .continuous: .continuous
    }
  }
}

enum ConflictArgument: String, CaseIterable, ExpressibleByArgument {
  case reject, wait, replace

  var policy: ConflictPolicy {
    switch self {
    case .reject: .reject
    case .wait: .wait
    case .replace: .replace
    }
  }
}
