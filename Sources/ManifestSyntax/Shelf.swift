/// A stack whose top is taken off as an array of exactly its length, moved and not copied.
///
/// The children of all open collections lie on one shelf, so no collection grows by doubling.
final class Shelf<Element> {
  private var storage: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 64
    storage = .allocate(capacity: capacity)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func append(_ element: consuming Element) {
    if count == capacity { grow() }
    (storage + count).initialize(to: element)
    count += 1
  }

  /// The elements from `base` on, which stay only as long as nothing is added or taken.
  func view(from base: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: storage + base, count: count - base)
  }

  /// Takes off what lies from `base` on.
  func take(from base: Int) -> [Element] {
    let length = count - base
    count = base
    return Array(unsafeUninitializedCapacity: length) { buffer, filled in
      buffer.baseAddress?.moveInitialize(from: storage + base, count: length)
      filled = length
    }
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
