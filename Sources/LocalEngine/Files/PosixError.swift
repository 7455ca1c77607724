internal import Glibc

/// A system call that failed: what was tried, on what, and why.
struct PosixError: Error, Hashable, Sendable, CustomStringConvertible {
  var action: String
  var code: Int32

  init(_ action: String, _ code: Int32 = errno) {
    self.action = action
    self.code = code
  }

  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  var description: String { "cannot \(action): \(String(cString: strerror(code)))" }
}
