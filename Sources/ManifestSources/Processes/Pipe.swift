import CPosix
import Glibc

/// Both ends of a pipe, which close on exec and with their owner.
struct Pipe: ~Copyable {
  private(set) var reading: Int32
  private(set) var writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard cposix_pipe(&ends) == 0 else { throw SystemError("make a pipe") }
    reading = ends[0]
    writing = ends[1]
  }

  mutating func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  deinit {
    if writing >= 0 { close(writing) }
    close(reading)
  }
}
