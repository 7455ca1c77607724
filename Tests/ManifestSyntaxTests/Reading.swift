import Diagnostics
import ManifestSyntax

/// Reads a manifest of a test, named `m.yaml`.
func read(_ text: String, bounds: SyntaxBounds = .standard) -> SyntaxResult {
  parseManifest(bytes: Array(text.utf8), file: "m.yaml", bounds: bounds)
}

/// What a user would see.
func rendered(_ text: String, bounds: SyntaxBounds = .standard) -> String {
  let bytes = Array(text.utf8)
  let result = parseManifest(bytes: bytes, file: "m.yaml", bounds: bounds)
  return renderText(result.diagnostics, sources: ["m.yaml": bytes], color: false)
}

/// The codes of what is wrong, in order.
func codes(_ text: String, bounds: SyntaxBounds = .standard) -> [DiagnosticCode] {
  read(text, bounds: bounds).diagnostics.map(\.code)
}

/// The value as one line, types visible.
func shape(_ node: SyntaxNode) -> String {
  switch node.content {
  case .null: "null"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .float(let value, let text): "\(value)<\(text)>"
  case .string(let text, .plain): "'\(text)"
  case .string(let text, .quoted): "\"\(text)\""
  case .string(let text, .block): "|\(text)|"
  case .sequence(let items): "[" + items.map(shape).joined(separator: ", ") + "]"
  case .mapping(let entries): "{" + entries.map { "\($0.key): \(shape($0.value))" }.joined(separator: ", ") + "}"
  }
}
