import Glibc

/// A file without a name that holds what a program is to read.
final class InputFile {
  let descriptor: Int32

  init(_ bytes: [UInt8], in folder: String) throws(SystemError) {
    let path = "\(folder)/pipectl-input"
    unlink(path)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("make \(path)") }
    unlink(path)
    try write(bytes)
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  private func write(_ bytes: [UInt8]) throws(SystemError) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
      }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        throw SystemError("write a file")
      }
    }
  }
}
