import Glibc

/// A file without a name, for what a program says on its way.
struct ScratchFile {
  private let file: UnsafeMutablePointer<FILE>

  init() throws(BenchError) {
    guard let file = tmpfile() else { throw BenchError("no scratch file: \(String(cString: strerror(errno)))") }
    self.file = file
  }

  var descriptor: Int32 { fileno(file) }

  /// Its end: what a program says last is why it failed.
  var text: String {
    var bytes = [UInt8](repeating: 0, count: 4 << 10)
    let end = lseek(descriptor, 0, SEEK_END)
    let count = pread(descriptor, &bytes, bytes.count, max(0, end - off_t(bytes.count)))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func close() { fclose(file) }
}
