/// Some of the keys of a field set, by their places in it: at most 64.
struct KeyMask: Hashable {
  private var bits: UInt64 = 0

  init(_ places: [Int] = []) {
    for place in places { insert(place) }
  }

  mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }

  func contains(_ place: Int) -> Bool { bits & 1 << UInt64(place) != 0 }

  func containsAny(of other: KeyMask) -> Bool { bits & other.bits != 0 }

  /// How many of the other's it has.
  func count(of other: KeyMask) -> Int { (bits & other.bits).nonzeroBitCount }
}
