import Glibc

/// A child process that inherits every descriptor which is not marked to be closed, and is killed and reaped at the end.
final class ChildProcess {
  private var pid: pid_t = 0

  struct SpawnFailed: Error { let code: Int32 }

  init(_ arguments: [String]) throws {
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let code = posix_spawn(&pid, arguments[0], nil, nil, &words, environ)
    guard code == 0 else { throw SpawnFailed(code: code) }
  }

  deinit { kill() }

  func kill() {
    guard pid > 0 else { return }
    Glibc.kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    pid = 0
  }
}
