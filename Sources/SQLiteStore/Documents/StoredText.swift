import Foundation

/// The bytes of one document, which stay where they are for as long as somebody has it.
final class StoredText: @unchecked Sendable {
  let bytes: UnsafeBufferPointer<UInt8>

  init(copying data: Data) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: data.count)
    _ = data.copyBytes(to: copy)
    bytes = UnsafeBufferPointer(copy)
  }

  init(copying text: UnsafeBufferPointer<UInt8>) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = copy.initialize(from: text)
    bytes = UnsafeBufferPointer(copy)
  }

  deinit { bytes.deallocate() }
}
