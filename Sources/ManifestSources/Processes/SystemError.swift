import Glibc

/// A system call that failed: what was tried, and why.
struct SystemError: Error, Hashable {
  let action: String
  let code: Int32

  init(_ action: String, _ code: Int32 = errno) {
    self.action = action
    self.code = code
  }

  var reason: String { String(cString: strerror(code)) }
}
