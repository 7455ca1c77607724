/// A small random number generator with a seed: the same seed gives the same numbers, on every machine.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  public mutating func int(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  public mutating func chance(_ percent: Int) -> Bool {
    int(1...100) <= percent
  }

  public mutating func pick<Element>(_ first: Element, _ others: Element...) -> Element {
    let position = int(0...others.count)
    return position == 0 ? first : others[position - 1]
  }

  /// A generator of its own, so that what one part draws does not change what another one gets.
  public mutating func split() -> SplitMix64 {
    SplitMix64(seed: next())
  }
}
