import Foundation

/// A user and a password that were written into an HTTP URL.
///
/// It has no textual form but the one that git is given in its environment; its argument list can be read by anybody.
struct GitCredentials: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  private let header: String
  /// Scheme and host, for which they are meant.
  private let scope: String

  init(userInfo: Substring, scope: String) {
    let plain = userInfo.removingPercentEncoding ?? String(userInfo)
    header = "Authorization: Basic " + Data((plain.contains(":") ? plain : plain + ":").utf8).base64EncodedString()
    self.scope = scope
  }

  /// A setting for git; `number` is how many such settings there are already.
  func settings(after number: Int) -> [String: String] {
    [
      "GIT_CONFIG_COUNT": String(number + 1), "GIT_CONFIG_KEY_\(number)": "http.\(scope).extraHeader",
      "GIT_CONFIG_VALUE_\(number)": header,
    ]
  }

  var description: String { "<credentials>" }
  var debugDescription: String { description }
}
