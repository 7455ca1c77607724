public import PipelineModel

/// What is followed in a repository.
public enum GitRef: Hashable, Sendable, CustomStringConvertible {
  /// A branch or a tag by its short name, a branch where there are both; or a full name such as `refs/tags/v1`, or `HEAD`.
  case named(String)
  case commit(CommitID)

  /// Nil where the text can be no ref.
  public init?(_ text: String) {
    if let id = CommitID(text) {
      self = .commit(id)
    } else if Self.isSound(text) {
      self = .named(text)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .named(let name): name
    case .commit(let id): id.text
    }
  }

  /// The full names that it may have at the remote, the one that is preferred first.
  var candidates: [String] {
    switch self {
    case .commit: []
    case .named("HEAD"): ["HEAD"]
    case .named(let name): name.hasPrefix("refs/") ? [name] : ["refs/heads/" + name, "refs/tags/" + name]
    }
  }

  /// As in `git check-ref-format`, and nothing that could be taken for an option or a pattern.
  private static func isSound(_ text: String) -> Bool {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.hasSuffix("/"), !text.hasSuffix("."), !text.hasSuffix(".lock"),
      !text.contains(".."), !text.contains("//"), !text.contains("@{"), !text.hasPrefix("/")
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.value > 32 && $0.value != 127 && !"~^:?*[\\".unicodeScalars.contains($0)
    }
  }
}
