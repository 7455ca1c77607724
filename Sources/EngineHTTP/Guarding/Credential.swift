internal import Foundation

/// What proves to a service who calls. It has no textual form: printing or reflecting it gives `***`.
public struct Credential: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let scheme: Scheme

  private enum Scheme: Hashable, Sendable {
    case bearer(String)
    case basic(user: String, password: String)
  }

  public static func bearer(_ token: String) -> Credential { Credential(scheme: .bearer(token)) }

  public static func basic(user: String, password: String) -> Credential {
    Credential(scheme: .basic(user: user, password: password))
  }

  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// For the wire alone.
  var headerValue: String {
    switch scheme {
    case .bearer(let token): "Bearer " + token
    case .basic: "Basic " + encoded
    }
  }

  /// Every spelling that must not be seen.
  var secrets: [String] {
    switch scheme {
    case .bearer(let token): [token]
    case .basic(let user, let password): [user, password, encoded]
    }
  }

  /// The two halves, for a proxy.
  var userAndPassword: (user: String, password: String)? {
    switch scheme {
    case .bearer: nil
    case .basic(let user, let password): (user, password)
    }
  }

  private var encoded: String {
    switch scheme {
    case .bearer: ""
    case .basic(let user, let password): Data("\(user):\(password)".utf8).base64EncodedString()
    }
  }
}
