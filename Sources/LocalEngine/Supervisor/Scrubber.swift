internal import Foundation
internal import SingerProtocol

/// Takes the secrets of a run out of text: a second net, for connectors that print what they were given.
struct Scrubber: Sendable {
  private let secrets: [String]
  /// Whole ones of fewer than four characters, sorted: taken out where they stand alone, since anywhere else they would take ordinary text with
  /// them. Short lines of a long one (the braces of a key file) give nothing away.
  private let short: [String]

  init(_ secrets: [String] = []) {
    let lines = secrets.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
    let spellings = (secrets + lines).flatMap { [$0, Self.escaped($0), Self.percentEncoded($0)] }
    self.secrets = Set(spellings.filter { $0.count >= 4 }).sorted { ($1.count, $0) < ($0.count, $1) }
    short = Set(secrets.filter { (1..<4).contains($0.count) }).sorted()
  }

  func scrub(_ text: String) -> String {
    var text = text
    for secret in secrets where text.contains(secret) { text = text.replacingOccurrences(of: secret, with: "***") }
    for secret in short where text.contains(secret) { text = scrub(text, secret) }
    return text
  }

  /// Where no letter and no digit touches it.
  private func scrub(_ text: String, _ secret: String) -> String {
    var scrubbed = ""
    var rest = text[...]
    while let found = rest.range(of: secret) {
      let before = rest[..<found.lowerBound].last ?? scrubbed.last
      let after = rest[found.upperBound...].first
      let isWord = [before, after].contains { $0.map { $0.isLetter || $0.isNumber } ?? false }
      scrubbed += rest[..<found.lowerBound] + (isWord ? secret : "***")
      rest = rest[found.upperBound...]
    }
    return scrubbed + rest
  }

  private static func escaped(_ secret: String) -> String {
    String(JSONValue.string(secret).text.dropFirst().dropLast())
  }

  private static func percentEncoded(_ secret: String) -> String {
    secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
  }
}
