internal import Foundation
internal import PipelineModel

/// Where an engine's interface is.
public struct BaseURL: Hashable, Sendable {
  public let scheme: String
  public let host: String
  public let port: Int
  /// Without a slash at its end.
  public let text: String

  /// Nil for what is no http or https address, and for one with a user's name, a query or a fragment.
  public init?(_ text: String) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty, parts.user == nil,
      parts.query == nil, parts.fragment == nil
    else { return nil }
    self.scheme = scheme
    self.host = host.trimmingCharacters(in: ["[", "]"]).lowercased()
    port = parts.port ?? (scheme == "https" ? 443 : 80)
    self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// Whether it is on this machine.
  public var isLoopback: Bool { PipelineModel.isLoopback(host: host) }
}
