import Glibc

/// A file without a name, for what a program says on its way.
struct ScratchFile {
  let descriptor: Int32

  init() throws(BenchError) {
    var name = Array("/tmp/pipectl-bench-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw BenchError("/tmp: \(String(cString: strerror(errno)))") }
    unlink(name)
  }

  /// Its end: what a program says last is why it failed.
  var text: String {
    var bytes = [UInt8](repeating: 0, count: 4 << 10)
    let end = lseek(descriptor, 0, SEEK_END)
    let count = pread(descriptor, &bytes, bytes.count, max(0, end - off_t(bytes.count)))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func close() { _ = Glibc.close(descriptor) }
}
