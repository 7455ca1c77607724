/// A set of small numbers: bit n stands for n.
extension UInt64 {
  func contains(_ member: Int) -> Bool {
    member >= 0 && member < 64 && self & (1 << UInt64(member)) != 0
  }

  /// The smallest member that is at least `floor`.
  func lowest(from floor: Int) -> Int? {
    guard floor < 64 else { return nil }
    let rest = (self >> UInt64(floor)) << UInt64(floor)
    return rest == 0 ? nil : rest.trailingZeroBitCount
  }

  /// The greatest member that is at most `ceiling`.
  func highest(through ceiling: Int) -> Int? {
    guard ceiling >= 0 else { return nil }
    let rest = ceiling >= 63 ? self : self & ((1 << UInt64(ceiling + 1)) - 1)
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }
}

extension Int64 {
  /// The remainder that is never negative.
  func modulo(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder >= 0 ? remainder : remainder + divisor
  }
}
