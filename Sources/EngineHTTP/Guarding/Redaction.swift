internal import EngineAPI
internal import Foundation
internal import PipelineModel

/// Takes what must not be seen out of text: the credentials that are used, and whatever stands below a key like `password`.
struct Redaction: Sendable {
  private let scrubber: Scrubber

  init(_ credential: Credential?, hiding hidden: [HiddenText] = []) {
    let whole = (credential?.secrets ?? []) + hidden.map(\.text)
    scrubber = Scrubber(whole + whole.flatMap(secretsInAddress))
  }

  func scrub(_ text: String) -> String { hidingSecretsInAddresses(scrubber.scrub(text)) }

  /// A body, for a person: its beginning, on one line. What is cut off is cut last, so that no part of a secret is left over.
  func excerpt(of body: [UInt8]) -> String {
    // Strings of JSON are read first: one that repeats a request escapes what was escaped in it once more.
    let whole = (body.count <= Self.readable ? masked(body) : nil) ?? beginning(of: body)
    let line = whole.prefix(4000).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 300 ? line.prefix(300) + " …" : line
  }

  /// A body as it may be shown: keys sorted, secrets masked, bounded.
  func shown(_ body: [UInt8]) -> String {
    let text = masked(body) ?? String(beginning(of: body).prefix(1000))
    return text.count > 2000 ? text.prefix(2000) + " … (\(body.count) bytes)" : text
  }

  private func beginning(of body: [UInt8]) -> String {
    scrub(String(decoding: body.prefix(Self.readable), as: UTF8.self))
  }

  /// So much of a body is read, in bytes, where only its beginning is shown.
  private static let readable = 64 << 10

  private func masked(_ body: [UInt8]) -> String? {
    guard let value = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed),
      let data = try? JSONSerialization.data(
        withJSONObject: masked(value), options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
    else { return nil }
    return scrub(String(decoding: data, as: UTF8.self))
  }

  private func masked(_ value: Any) -> Any {
    switch value {
    case let object as [String: Any]:
      object.reduce(into: [String: Any]()) { result, member in
        let isSecret = namesSecret(member.key) && !(member.value is NSNull)
        result[member.key] = isSecret ? "***" : masked(member.value)
      }
    case let array as [Any]: array.map { masked($0) }
    // Before escaping changes its spelling.
    case let text as String: scrub(text)
    case _: value
    }
  }
}
