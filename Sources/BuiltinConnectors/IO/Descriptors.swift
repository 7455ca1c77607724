internal import Glibc

/// Writes everything, however often the system interrupts; 0, or the error number.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer
    while let base = rest.baseAddress, !rest.isEmpty {
      let written = write(descriptor, base, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return 0
  }
}

/// Reads up to the buffer's size: bytes read, 0 at the end, or nil with `errno` set.
func readSome(from descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
  while true {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 { return count }
    if errno != EINTR { return nil }
  }
}

/// Whether a read would return at once.
func isReadable(_ descriptor: Int32) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&request, 1, 0) > 0
}

func contents(ofFile path: String, _ code: ConnectorError.Code) throws(ConnectorError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .system(code, "cannot open `\(path)`", errno: errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    guard let count = readSome(from: descriptor, into: buffer) else {
      throw .system(code, "cannot read `\(path)`", errno: errno)
    }
    if count == 0 { return bytes }
    bytes.append(contentsOf: buffer[..<count])
  }
}
