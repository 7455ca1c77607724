import Glibc

/// Reads what a program writes, until it is gone.
struct OutputFollower {
  private let pid: Int32
  private let bound: Int
  private var polled: [pollfd]
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []

  init(pid: Int32, output: Int32, errors: Int32, bound: Int) {
    self.pid = pid
    self.bound = bound
    polled = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  }

  /// Nil where the program ended by itself.
  mutating func follow(until deadline: Int64) -> BriefProgram.Ending? {
    while true {
      let rest = deadline - uptime()
      if rest <= 0 { return .late }
      if !hasOpenPipe {
        if hasExited { return nil }
        // poll: a child that closed its outputs tells its end by a signal only, and signals are the whole process's
        usleep(1000)
        continue
      }
      // poll: a descendant that was left behind may hold the pipes open for ever, so the program's own end is looked for too
      let isReady = poll(&polled, nfds_t(polled.count), Int32(min(rest, 100))) > 0
      if isReady { readReady() }
      if output.count > bound { return .verbose }
      if !isReady && hasExited { return nil }
    }
  }

  private var hasOpenPipe: Bool { polled.contains { $0.fd >= 0 } }

  private var hasExited: Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
  }

  private mutating func readReady() {
    for index in polled.indices where polled[index].revents != 0 {
      let bytes = chunk(of: polled[index].fd)
      if bytes.isEmpty {
        polled[index].fd = -1
        polled[index].revents = 0
      } else if index == 0 {
        output += bytes
      } else {
        errors += bytes
        if errors.count > 256 << 10 { errors.removeFirst(errors.count - (64 << 10)) }
      }
    }
  }

  /// Empty at the end.
  private func chunk(of descriptor: Int32) -> [UInt8] {
    let size = 256 << 10
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      var count = 0
      repeat { count = Glibc.read(descriptor, buffer.baseAddress, size) } while count < 0 && errno == EINTR
      filled = max(0, count)
    }
  }
}
