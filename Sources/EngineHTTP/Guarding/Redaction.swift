internal import Foundation
internal import PipelineModel

/// Takes what must not be seen out of text: the credentials that are used, and whatever stands below a key like `password`.
struct Redaction: Sendable {
  private let secrets: [String]

  init(_ credential: Credential?, hiding hidden: [HiddenText] = []) {
    let whole = ((credential?.secrets ?? []) + hidden.map(\.text)).filter { !$0.isEmpty }
    secrets = Set(whole.flatMap { [$0, percentEscaped($0)] }).sorted { ($1.count, $0) < ($0.count, $1) }
  }

  func scrub(_ text: String) -> String {
    hidingSecretsInAddresses(
      secrets.reduce(text) { text, secret in text.replacingOccurrences(of: secret, with: "***") })
  }

  /// A body as it may be shown: keys sorted, secrets masked, bounded.
  func shown(_ body: [UInt8]) -> String {
    let text = masked(body) ?? scrub(String(decoding: body.prefix(1000), as: UTF8.self))
    return text.count > 2000 ? text.prefix(2000) + " … (\(body.count) bytes)" : text
  }

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
