import Foundation

/// A repository's URL, taken apart as far as credentials go.
struct GitAddress {
  let url: String
  let credentials: GitCredentials?

  init(_ text: String) throws(SourceFailure) {
    guard !text.isEmpty, !text.hasPrefix("-"), text.unicodeScalars.allSatisfy({ $0.value > 31 && $0.value != 127 })
    else {
      throw SourceFailure(
        .invalidLocation, "the URL of the repository is empty, begins with `-`, or has control characters")
    }
    guard let separator = text.range(of: "://") else {
      url = Self.isRemote(text) ? text : Self.absolute(text)
      credentials = nil
      return
    }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard Self.schemes.contains(scheme) else {
      throw SourceFailure(
        .invalidLocation, "git is not followed over `\(scheme)`; use https, ssh, git or file, or a path on this machine"
      )
    }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(authority.count)
    guard scheme != "file", let at = authority.lastIndex(of: "@") else {
      url = "\(scheme)://\(rest)"
      credentials = nil
      return
    }
    let userInfo = authority[..<at]
    let host = authority[authority.index(after: at)...]
    if scheme == "http" || scheme == "https" {
      url = "\(scheme)://\(host)\(path)"
      credentials = GitCredentials(userInfo: userInfo, scope: "\(scheme)://\(host)/")
    } else {
      // A user is no secret, and ssh takes no password from a URL.
      url = "\(scheme)://\(userInfo.prefix { $0 != ":" })@\(host)\(path)"
      credentials = nil
    }
  }

  private static let schemes: Set<String> = ["https", "http", "ssh", "git", "file"]

  /// `host:path`, as ssh knows it: a colon before the first slash.
  private static func isRemote(_ text: String) -> Bool {
    text.prefix { $0 != "/" }.contains(":")
  }

  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}

/// A text in which no URL has credentials.
func withoutCredentials(_ text: String) -> String {
  text.replacing(/(?<scheme>[A-Za-z][A-Za-z0-9+.\-]*:\/\/)[^\/\s@'"]*@/) { "\($0.output.scheme)" }
}
