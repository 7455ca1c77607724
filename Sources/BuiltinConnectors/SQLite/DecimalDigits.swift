/// What a decimal means, however it is spelled: equal for `1.50`, `1.5` and `15e-1`.
struct DecimalDigits: Hashable {
  private let isNegative: Bool
  /// Without zeros in front or behind.
  private let digits: [UInt8]
  /// The power of ten of the last digit.
  private let exponent: Int

  /// Takes a number as JSON or Swift spells it.
  init(_ text: String) {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let mantissa = (parts.first ?? "").utf8
    let fraction = mantissa.firstIndex(of: UInt8(ascii: ".")).map { mantissa[$0...].count - 1 } ?? 0
    let all = Array(mantissa.filter { $0 >= 48 && $0 <= 57 }.drop { $0 == 48 })
    let zeros = all.reversed().prefix { $0 == 48 }.count
    digits = Array(all.dropLast(zeros))
    exponent = digits.isEmpty ? 0 : (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - fraction + zeros
    isNegative = !digits.isEmpty && mantissa.first == UInt8(ascii: "-")
  }
}
