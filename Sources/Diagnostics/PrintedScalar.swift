extension Unicode.Scalar {
  /// As it may go to a terminal: a tab as four spaces; what would be unseen, or steer the terminal, by its name.
  var printed: String {
    switch value {
    case 0x09: "    "
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF,
      0xE0000...0xE007F:
      "<U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + ">"
    default: String(Character(self))
    }
  }

  /// Columns of a terminal that `printed` takes.
  var cells: Int {
    let text = printed
    guard text.unicodeScalars.count == 1 else { return text.unicodeScalars.count }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide ? 2 : 1
    }
  }

  private var hex: String { String(value, radix: 16, uppercase: true) }

  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

/// A text that quotes what users wrote, safe for one line of a terminal.
public func printable(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  return text.unicodeScalars.map(\.printed).joined()
}
