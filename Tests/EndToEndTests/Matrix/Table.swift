/// A table of pgbench: the column that tells its rows apart, and one that changes in them.
enum Table: String, CaseIterable {
  case accounts = "pgbench_accounts"
  case branches = "pgbench_branches"
  case history = "pgbench_history"
  case tellers = "pgbench_tellers"

  var key: String {
    switch self {
    case .accounts: "aid"
    case .branches: "bid"
    case .history: "hid"
    case .tellers: "tid"
    }
  }

  var value: String {
    switch self {
    case .accounts: "abalance"
    case .branches: "bbalance"
    case .history: "delta"
    case .tellers: "tbalance"
    }
  }

  var stream: String { "public-\(rawValue)" }
}
