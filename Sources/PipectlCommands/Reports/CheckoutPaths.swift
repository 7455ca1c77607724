import Foundation
import Glibc

/// Tells where files stand in a checkout, as those who show a report name them.
struct CheckoutPaths {
  enum Place: Hashable {
    /// From the root of the checkout.
    case inside(String)
    /// An absolute path.
    case outside(String)
    case standardInput
  }

  private let here: String
  /// The root by each of its names.
  private let roots: [String]

  /// - Parameter root: absent for the present folder.
  init(root: String?, here: String) {
    self.here = here
    let root = root ?? here
    roots = [root, realPath(root) ?? root].map { plain($0.hasPrefix("/") ? $0 : here + "/" + $0) }
  }

  /// The root is what GitHub or GitLab say it is, and else the present folder.
  static var present: CheckoutPaths {
    let environment = ProcessInfo.processInfo.environment
    let named = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].compactMap { environment[$0] }.first { !$0.isEmpty }
    return CheckoutPaths(root: named, here: FileManager.default.currentDirectoryPath)
  }

  func place(of file: String) -> Place {
    if file == "<stdin>" { return .standardInput }
    let path = plain(file.hasPrefix("/") ? file : here + "/" + file)
    if roots.contains(path) { return .inside(".") }
    guard let root = roots.map({ $0 == "/" ? $0 : $0 + "/" }).first(where: path.hasPrefix) else {
      return .outside(path)
    }
    return .inside(String(path.dropFirst(root.count)))
  }

  /// As an annotation names it; nil for what is no file.
  func displayed(_ file: String) -> String? {
    switch place(of: file) {
    case .inside(let path), .outside(let path): path
    case .standardInput: nil
    }
  }
}

/// The path without `.`, `..` and empty steps.
private func plain(_ path: String) -> String {
  var steps: [Substring] = []
  for step in path.split(separator: "/") where step != "." {
    if step == ".." { _ = steps.popLast() } else { steps.append(step) }
  }
  return "/" + steps.joined(separator: "/")
}

private func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
