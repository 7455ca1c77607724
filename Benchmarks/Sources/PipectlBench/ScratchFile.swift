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

  var text: String {
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func close() { _ = Glibc.close(descriptor) }
}
