import Diagnostics

/// An encoding of text that a manifest may not have, recognised by its first bytes.
enum ForeignEncoding: String {
  case utf16 = "UTF-16"
  case utf32 = "UTF-32"

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch Array(bytes.prefix(4)) {
    case [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]: self = .utf32
    case let head where head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]): self = .utf16
    case let head where head.count == 4 && Self.hasNulsInHalves(head): self = .utf16
    default: return nil
    }
  }

  /// `a\0b\0` or `\0a\0b`.
  private static func hasNulsInHalves(_ head: [UInt8]) -> Bool {
    (head[0] == 0 && head[2] == 0 && head[1] != 0 && head[3] != 0)
      || (head[1] == 0 && head[3] == 0 && head[0] != 0 && head[2] != 0)
  }

  func diagnostic(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unsupportedEncoding, .error, "this file is \(rawValue); a manifest is UTF-8", at: range,
      help: Help("save the file as UTF-8, for example with `iconv -f \(rawValue) -t UTF-8`"))
  }
}
