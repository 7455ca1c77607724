import ControlLoop
import PipelineModel

/// Something that is pushed to the repository that a controller follows.
public enum Push: Hashable, Sendable {
  case manifests(Manifests)
  /// They do not compile.
  case mistakes
  /// The history is replaced by one that has nothing to do with it.
  case rewritten(Manifests)
}

/// The repository that a controller follows.
struct ModelSource {
  let set = SourceSet.path("/srv/manifests")
  private(set) var head: Commit?
  private var commits: [String: Commit] = [:]

  struct Commit: Hashable, Sendable {
    let id: String
    /// Commits of different histories do not come after each other.
    let history: Int
    let push: Push

    /// What it wants; absent where it does not compile.
    var manifests: Manifests? {
      switch push {
      case .manifests(let manifests), .rewritten(let manifests): manifests
      case .mistakes: nil
      }
    }
  }

  mutating func take(_ push: Push) {
    var history = head?.history ?? 0
    if case .rewritten = push { history += 1 }
    let commit = Commit(id: "c\(commits.count + 1)", history: history, push: push)
    commits[commit.id] = commit
    head = commit
  }

  /// What somebody finds who has seen and applied these before.
  func look(seen: String?, applied: String?) -> SourceNews.Found {
    guard let head else { return .unreadable("there is no such branch") }
    if let applied = applied.flatMap({ commits[$0] }), applied.history != head.history {
      return .rewritten(from: applied.id, to: head.id)
    }
    if head.id == seen { return .unchanged(commit: head.id) }
    guard let manifests = head.manifests else {
      return .rejected(["orders.yaml:1:1: it is no manifest"], commit: head.id)
    }
    var wanted = manifests.desired
    wanted.zones = .simulated
    return .manifests(wanted, environment: "prod", commit: head.id)
  }
}
