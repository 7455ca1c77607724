import Testing

@testable import ManifestCompiler

struct NamePrefixTests {
  /// Short ones, ones that differ around the sixteenth byte, and ones that begin with another.
  private let names =
    ["", "a", "a-b", "ab", "b", "orders", "orders-2", "orders2"]
    + ["0123456789abcde", "0123456789abcdef", "0123456789abcdefg", "0123456789abcdeg", "01234567", "012345678"]
    + (1...200).map { "shop-\($0 * 37)-orders-of-the-week" }

  @Test func `where prefixes differ they compare as their names do`() {
    for left in names {
      for right in names where NamePrefix(left) != NamePrefix(right) {
        #expect((NamePrefix(left) < NamePrefix(right)) == (left < right), "\(left), \(right)")
      }
    }
  }

  @Test func `names that differ in their first sixteen bytes have different prefixes`() {
    #expect(NamePrefix("0123456789abcdef") == NamePrefix("0123456789abcdefg"))
    #expect(NamePrefix("0123456789abcdef") != NamePrefix("0123456789abcdeg"))
    #expect(NamePrefix("a") != NamePrefix("a-"))
  }
}
