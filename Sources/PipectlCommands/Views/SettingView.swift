import Foundation
import PipelineModel

/// A connector's setting as a manifest writes it: JSON, in which secrets are references.
struct SettingView: Encodable, Hashable {
  let value: ConfigValue

  /// Settings by their keys; nil for none. Literals that may be secrets are not shown (law 9): in their place stands a variable, so that
  /// applying what was printed is refused until somebody says what belongs there.
  static func table(_ entries: [ConfigEntry]) -> [String: SettingView]? {
    let shown = entries.concealingLiterals(with: .string(hiddenLiteral)).map { ($0.key, SettingView(value: $0.value)) }
    return shown.isEmpty ? nil : Dictionary(shown, uniquingKeysWith: { first, _ in first })
  }

  static let hiddenLiteral = "${hidden_literal}"

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .int(let int): try container.encode(int)
    case .number(let text): try container.encode(Decimal(string: text) ?? 0)
    case .string(let text): try container.encode(text == Self.hiddenLiteral ? text : manifestText(text))
    case .array(let elements): try container.encode(elements.map(SettingView.init))
    case .object(let entries):
      let pairs = entries.map { ($0.key, SettingView(value: $0.value)) }
      try container.encode(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    case .secret(.environment(let name)): try container.encode(["fromEnv": manifestText(name)])
    case .secret(.file(let path)): try container.encode(["fromFile": manifestText(path)])
    }
  }
}

/// A text as a manifest writes it, where `${…}` would be a variable and `$$` a dollar sign.
func manifestText(_ text: String) -> String {
  var written = ""
  let scalars = Array(text.unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    let next = index + 1 < scalars.count ? scalars[index + 1] : " "
    written += scalar == "$" && (next == "$" || next == "{") ? "$$" : String(Character(scalar))
  }
  return written
}
