import Glibc

/// Whether two pieces of memory hold the same bytes.
func isEqual(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
  guard one.count == other.count, let first = one.baseAddress, let second = other.baseAddress else {
    return one.count == other.count
  }
  return memcmp(first, second, one.count) == 0
}
