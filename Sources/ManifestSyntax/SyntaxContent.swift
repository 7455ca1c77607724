/// What a node holds: YAML 1.2 core, and nothing else.
public enum SyntaxContent: Hashable, Sendable {
  case null
  case bool(Bool)
  /// An integer that fits 64 bits.
  case int(Int64)
  /// A finite number with a fraction or an exponent, as it was written.
  indirect case float(Double, text: String)
  /// Quoted, block, or plain text that is nothing else.
  case string(String, style: ScalarStyle)
  case sequence([SyntaxNode])
  /// In the order of the text; keys are unique.
  case mapping([SyntaxEntry])
}
