internal import Foundation

/// Which proxy the environment's variables send a call through.
public enum ProxyChoice: Hashable, Sendable {
  case direct
  case through(host: String, port: Int, authorization: Credential?)

  /// Reads `https_proxy` or `http_proxy`, else `all_proxy`, unless `no_proxy` names the host; lower case wins over upper case. An address
  /// on this machine is reached directly.
  public init(for base: BaseURL, environment: [String: String]) throws(ProxyError) {
    func variable(_ name: String) -> (name: String, value: String)? {
      for name in [name, name.uppercased()] {
        if let value = environment[name], !value.isEmpty { return (name, value) }
      }
      return nil
    }
    let isExempt = base.isLoopback || variable("no_proxy").map { base.isExempt(by: $0.value) } ?? false
    guard !isExempt, let setting = variable(base.scheme + "_proxy") ?? variable("all_proxy") else {
      self = .direct
      return
    }
    let text = setting.value.contains("://") ? setting.value : "http://" + setting.value
    guard let parts = URLComponents(string: text), parts.scheme?.lowercased() == "http", let host = parts.host,
      !host.isEmpty
    else { throw ProxyError(variable: setting.name) }
    let credential = parts.user.map { Credential.basic(user: $0, password: parts.password ?? "") }
    self = .through(host: host, port: parts.port ?? 80, authorization: credential)
  }
}

/// A variable that names no proxy that can be used; its value is not repeated, since it may hold a password.
public struct ProxyError: Error, Hashable, Sendable, CustomStringConvertible {
  public var variable: String

  public var description: String {
    "the environment variable `\(variable)` names no proxy that can be used: write it as http://host:port"
  }
}

extension BaseURL {
  /// `*`, a host, a domain with or without a dot before it, each with or without a port; separated by commas.
  fileprivate func isExempt(by list: String) -> Bool {
    list.split(whereSeparator: { $0 == "," || $0.isWhitespace }).contains { entry in
      var name = entry.lowercased()
      if name == "*" { return true }
      if let colon = name.lastIndex(of: ":"), let number = Int(name[name.index(after: colon)...]) {
        guard number == port else { return false }
        name = String(name[..<colon])
      }
      if name.hasPrefix("*") { name.removeFirst() }
      let bare = name.hasPrefix(".") ? String(name.dropFirst()) : name
      return host == bare || host.hasSuffix("." + bare)
    }
  }
}
