/// Where an object's manifest came from; prune looks only at objects of the same set (law 8).
public enum SourceSet: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  /// The absolute path that was given with `-f`.
  case path(String)
  case git(url: String, path: String)
  case standardInput

  public var description: String {
    switch self {
    case .path(let path): path
    case .git(let url, let path): "\(url)//\(path)"
    case .standardInput: "<stdin>"
    }
  }

  public static func < (left: SourceSet, right: SourceSet) -> Bool { left.description < right.description }
}
