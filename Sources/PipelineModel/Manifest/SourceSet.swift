/// Where an object's manifest came from; prune looks only at objects of the same set (law 8).
public enum SourceSet: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  /// The absolute path that was given with `-f`.
  case path(String)
  /// A folder of a repository, whichever branch is followed: the URL without credentials, and the path from its root, empty for all of it.
  case git(url: String, path: String)
  case standardInput

  public var description: String {
    switch self {
    case .path(let path): path
    case .git(let url, let path): path.isEmpty ? url : "\(url)//\(path)"
    case .standardInput: "<stdin>"
    }
  }

  /// Whether whatever comes from the other set comes from this one too: the same folder, or one above it.
  public func contains(_ other: SourceSet) -> Bool {
    switch (self, other) {
    case (.path(let outer), .path(let inner)): Self.encloses(outer, inner, root: "/")
    case (.git(let url, let outer), .git(let otherURL, let inner)):
      url == otherURL && Self.encloses(outer, inner, root: "")
    case (.standardInput, .standardInput): true
    case (.path, _), (.git, _), (.standardInput, _): false
    }
  }

  private static func encloses(_ outer: String, _ inner: String, root: String) -> Bool {
    outer == inner || outer == root || inner.hasPrefix(outer + "/")
  }

  public static func < (left: SourceSet, right: SourceSet) -> Bool { left.description < right.description }
}
