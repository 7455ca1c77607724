import Glibc

/// Writes a whole text to a descriptor; a reader that went away ends the program quietly, as it does any Unix tool.
func writeAll(_ text: String, to descriptor: Int32) {
  _ = wrote(text, to: descriptor)
}

/// Whether the whole text could be written.
func wrote(_ text: String, to descriptor: Int32) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
