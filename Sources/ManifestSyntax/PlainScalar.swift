/// What an unquoted text means in the core schema of YAML 1.2.
enum PlainScalar: Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case float(Double)
  case text
  /// An integer beyond 64 bits.
  case integerOutOfRange
  /// Infinity, not-a-number, or a number too large to hold.
  case nonFinite
  /// Such as `0777`: 777 in YAML 1.2, 511 in YAML 1.1.
  case leadingZero

  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      self = Self.number(text)
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
      UInt8(ascii: "f"),
      UInt8(ascii: "F"):
      self = text.count <= 5 ? Self.word(String(decoding: text, as: UTF8.self)) : .text
    default:
      self = .text
    }
  }

  private static func word(_ word: String) -> PlainScalar {
    switch word {
    case "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: .text
    }
  }

  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> PlainScalar {
    let hasSign = text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-")
    let body = text[(hasSign ? 1 : 0)...]
    guard let first = body.first else { return .text }
    if body.allSatisfy(\.isDigit) {
      guard first != UInt8(ascii: "0") || body.count == 1 else { return .leadingZero }
      return integer(text[...], radix: 10)
    }
    if !hasSign, first == UInt8(ascii: "0"), body.count > 2 {
      if body[1] == UInt8(ascii: "o"), body[2...].allSatisfy({ (0x30...0x37).contains($0) }) {
        return integer(body[2...], radix: 8)
      }
      if body[1] == UInt8(ascii: "x"), body[2...].allSatisfy(\.isHexDigit) { return integer(body[2...], radix: 16) }
    }
    return isFloat(body) ? float(text) : special(body, hasSign: hasSign)
  }

  private static func integer(_ digits: Slice<UnsafeBufferPointer<UInt8>>, radix: Int) -> PlainScalar {
    guard let value = Int64(String(decoding: digits, as: UTF8.self), radix: radix) else { return .integerOutOfRange }
    return .int(value)
  }

  private static func float(_ text: UnsafeBufferPointer<UInt8>) -> PlainScalar {
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return .nonFinite }
    return .float(value)
  }

  private static func special(_ body: Slice<UnsafeBufferPointer<UInt8>>, hasSign: Bool) -> PlainScalar {
    guard body.count == 4 else { return .text }
    return switch String(decoding: body, as: UTF8.self) {
    case ".inf", ".Inf", ".INF": .nonFinite
    case ".nan", ".NaN", ".NAN": hasSign ? .text : .nonFinite
    default: .text
    }
  }

  /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  private static func isFloat(_ body: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = body
    let whole = rest.dropDigits()
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = rest.dropDigits()
    }
    guard whole + fraction > 0 else { return false }
    guard let mark = rest.first else { return true }
    guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return rest.dropDigits() > 0 && rest.isEmpty
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Removes the digits in front and says how many they were.
  fileprivate mutating func dropDigits() -> Int {
    let before = count
    self = drop(while: \.isDigit)
    return before - count
  }
}
