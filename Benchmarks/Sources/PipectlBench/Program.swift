import Glibc

/// A program with its arguments, ready to be measured; it runs in the folder of the bench.
struct Program {
  var arguments: [String]
  var environment: [String: String] = [:]

  /// Runs it with its output thrown away, and measures it. The errors are shown only where it fails.
  func measure() throws(BenchError) -> Measurement {
    let errors = try ScratchFile()
    defer { errors.close() }
    var before = timespec()
    clock_gettime(CLOCK_MONOTONIC, &before)
    let pid = try spawn(errors: errors.descriptor)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    var after = timespec()
    clock_gettime(CLOCK_MONOTONIC, &after)
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    guard code == 0 else {
      throw BenchError("\(arguments.joined(separator: " ")) ended with \(code):\n\(errors.text)")
    }
    return Measurement(seconds: after.seconds - before.seconds, peakBytes: usage.ru_maxrss * 1024)
  }

  /// What it prints on standard output.
  func output() throws(BenchError) -> String {
    let (out, errors) = (try ScratchFile(), try ScratchFile())
    defer {
      out.close()
      errors.close()
    }
    let pid = try spawn(output: out.descriptor, errors: errors.descriptor)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw BenchError("\(arguments.joined(separator: " ")) failed:\n\(errors.text)") }
    return out.text
  }

  /// Starts it, with its errors in a file.
  func start(errorsTo path: String) throws(BenchError) -> pid_t {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw BenchError("\(path) cannot be written") }
    defer { close(descriptor) }
    return try spawn(errors: descriptor)
  }

  private func spawn(output: Int32? = nil, errors: Int32) throws(BenchError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = inherited().map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, arguments[0], &actions, nil, &argv, &envp)
    guard code == 0 else { throw BenchError("\(arguments[0]) cannot be started: \(String(cString: strerror(code)))") }
    return pid
  }

  private func inherited() -> [String: String] {
    var all = environment
    for name in ["PATH", "HOME", "LANG", "TZ", "TMPDIR"] {
      if let value = getenv(name), all[name] == nil { all[name] = String(cString: value) }
    }
    return all
  }
}

extension timespec {
  var seconds: Double { Double(tv_sec) + Double(tv_nsec) / 1e9 }
}
