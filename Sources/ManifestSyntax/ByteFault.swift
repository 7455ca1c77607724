import Diagnostics

/// Bytes that may not stand in a manifest, whatever the YAML around them says.
struct ByteFault {
  enum Kind: Hashable {
    case notUTF8
    case nul
    case control(Unicode.Scalar)
    case invisible(Unicode.Scalar)
    case lookalikeSpace(Unicode.Scalar)
  }

  let kind: Kind
  let start: SourcePosition
  /// In bytes.
  let length: Int

  func diagnostic(file: String) -> Diagnostic {
    let end = SourcePosition(line: start.line, column: start.column + 1, offset: start.offset + length)
    return Diagnostic(
      code, severity, headline, at: SourceRange(file: file, start: start, end: end), label: label, help: Help(advice))
  }

  /// Whether the document around it must not be read.
  var breaksDocument: Bool { severity == .error }

  private var severity: Severity {
    switch kind {
    case .notUTF8, .nul, .control, .invisible: .error
    case .lookalikeSpace: .warning
    }
  }

  var code: DiagnosticCode {
    switch kind {
    case .notUTF8: .invalidUTF8
    case .nul: .nulCharacter
    case .control: .controlCharacter
    case .invisible, .lookalikeSpace: .invisibleCharacter
    }
  }

  private var headline: String {
    switch kind {
    case .notUTF8: "this is not UTF-8"
    case .nul: "a NUL character cannot stand in a manifest"
    case .control(let scalar): "the control character \(scalar.codePoint) cannot stand in a manifest"
    case .invisible(let scalar): "the invisible character \(scalar.codePoint) cannot stand in a manifest"
    case .lookalikeSpace(let scalar): "the character \(scalar.codePoint) looks like a space and is not one"
    }
  }

  private var label: String {
    switch kind {
    case .notUTF8: length == 1 ? "this byte" : "these bytes"
    case .nul: "NUL"
    case .control(let scalar), .invisible(let scalar), .lookalikeSpace(let scalar): scalar.codePoint
    }
  }

  private var advice: String {
    switch kind {
    case .notUTF8: "save the file as UTF-8"
    case .nul: "remove it"
    case .control: "remove it; where a value needs it, write it as an escape in double quotes"
    case .invisible: "remove it; where a value needs it, write it as an escape such as \"\\u200B\" in double quotes"
    case .lookalikeSpace: "replace it by a space, or write it as \"\\_\" in double quotes"
    }
  }
}

extension Unicode.Scalar {
  /// As `U+202E`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
