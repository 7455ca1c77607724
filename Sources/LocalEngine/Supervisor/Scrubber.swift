internal import Foundation
internal import SingerProtocol

/// Takes the secrets of a run out of text: a second net, for connectors that print what they were given.
struct Scrubber: Sendable {
  private let secrets: [String]

  /// Secrets of fewer than four characters are left alone: they would take ordinary text with them.
  init(_ secrets: [String] = []) {
    let lines = secrets.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
    let spellings = (secrets + lines).flatMap { [$0, Self.escaped($0), Self.percentEncoded($0)] }
    self.secrets = Set(spellings.filter { $0.count >= 4 }).sorted { ($1.count, $0) < ($0.count, $1) }
  }

  func scrub(_ text: String) -> String {
    var text = text
    for secret in secrets where text.contains(secret) { text = text.replacingOccurrences(of: secret, with: "***") }
    return text
  }

  private static func escaped(_ secret: String) -> String {
    String(JSONValue.string(secret).text.dropFirst().dropLast())
  }

  private static func percentEncoded(_ secret: String) -> String {
    secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
  }
}
