/// The first sixteen bytes of a name, which compare as it does: thousands are sorted by them, and few names have to be fetched for it.
struct NamePrefix: Comparable, Sendable {
  private let high: UInt64
  private let low: UInt64

  init(_ name: String) {
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    var room = 16
    for byte in name.utf8.prefix(16) {
      room -= 1
      if room >= 8 { halves.high |= UInt64(byte) << (8 * (room - 8)) } else { halves.low |= UInt64(byte) << (8 * room) }
    }
    (high, low) = halves
  }

  static func < (left: NamePrefix, right: NamePrefix) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
