import Foundation
import Glibc

/// A child process whose output goes to files, so that nobody who inherited a pipe can hold up its reader.
struct Program: Sendable {
  let pid: pid_t
  private let output: String
  private let errors: String

  /// How it ended, and what it said.
  struct End: Sendable, CustomStringConvertible {
    /// The exit code, or 128 and the signal's number.
    var code: Int32
    var output: String
    var errors: String

    var description: String { "exit \(code)\n--- stdout\n\(output)\n--- stderr\n\(errors)" }
  }

  /// The environment is exactly the given one. `input` is a descriptor, nothing to read where it is absent.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], logs: String, input: Int32? = nil
  ) throws {
    output = logs + ".out"
    errors = logs + ".err"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    pid = try Self.spawn(path, [path] + arguments, environment.map { "\($0.key)=\($0.value)" }, &actions)
  }

  /// Signals may be blocked or ignored in a test runner; the child begins without that.
  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = arguments.map { strdup($0) } + [nil]
    var environment = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, path, &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw Trouble("cannot start \(path): \(String(cString: strerror(code)))") }
    return pid
  }

  func kill(_ number: Int32 = SIGKILL) { Glibc.kill(pid, number) }

  /// Waits for its end; when that takes too long it is killed, and an error thrown.
  func end(within limit: Duration = .seconds(180)) async throws -> End {
    let status = await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: waitForExit(limit)) }
    }
    let text = (said(output), said(errors))
    guard let status else { throw Trouble("no end after \(limit)\n--- stdout\n\(text.0)\n--- stderr\n\(text.1)") }
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return End(code: code, output: text.0, errors: text.1)
  }

  /// What it has said so far on standard output.
  var outputSoFar: String { said(output) }

  private func waitForExit(_ limit: Duration) -> Int32? {
    let deadline = ContinuousClock.now + limit
    var status: Int32 = 0
    while waitpid(pid, &status, WNOHANG) == 0 {
      if ContinuousClock.now >= deadline {
        kill()
        waitpid(pid, &status, 0)
        return nil
      }
      usleep(2000)  // poll: waiting for a child has no deadline
    }
    return status
  }

  private func said(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

/// What went wrong outside of what is tested.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
