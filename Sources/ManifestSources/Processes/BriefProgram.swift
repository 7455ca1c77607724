import CPosix
import Glibc

/// A program that is run to its end: an argument array, never a shell; in a session of its own, so that it can ask nobody; for a limited
/// time, with bounded output.
struct BriefProgram {
  let path: String
  let arguments: [String]
  /// `NAME=value`.
  let environment: [String]
  /// What it reads; a file, so that nobody waits for anybody.
  var input: InputFile?
  /// Milliseconds.
  let limit: Int64
  /// The most bytes that are taken of its output.
  let bound: Int

  struct Answer {
    let ending: Ending
    let output: [UInt8]
    /// The last of what it said on standard error.
    let errors: [UInt8]
  }

  enum Ending: Hashable {
    case exited(Int32)
    case signalled(Int32)
    /// Its time was over.
    case late
    /// It wrote more than the bound.
    case verbose
  }

  private static let errorBound = 64 << 10

  /// Returns when the program is gone; what it has left behind in its process group is gone too.
  func run() throws(SystemError) -> Answer {
    var output = try Pipe()
    var errors = try Pipe()
    let pid = try start(output: output.writing, errors: errors.writing)
    output.closeWriting()
    errors.closeWriting()
    var follower = OutputFollower(pid: pid, output: output.reading, errors: errors.reading, bound: bound)
    let stop = follower.follow(until: uptime() + limit)
    // Before the leader is reaped, so that the group's number cannot be somebody else's.
    kill(-pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return Answer(
      ending: stop ?? Self.ending(status), output: follower.output, errors: follower.errors.suffix(Self.errorBound))
  }

  private func start(output: Int32, errors: Int32) throws(SystemError) -> Int32 {
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard null >= 0 else { throw SystemError("open /dev/null") }
    defer { close(null) }
    var failure: Int32 = -1
    let pid = path.withCString { path in
      withCStrings(arguments) { arguments in
        withCStrings(environment) { environment in
          "/".withCString { folder in
            var child = cposix_child(
              path: path, arguments: arguments, environment: environment, directory: folder,
              input: input?.descriptor ?? null, output: output, error: errors, kept: -1, gate: -1, new_session: 1)
            return cposix_spawn(&child, &failure)
          }
        }
      }
    }
    guard pid > 0 else { throw SystemError("start \(path)") }
    defer { close(failure) }
    var code: Int32 = 0
    var count = 0
    repeat { count = read(failure, &code, MemoryLayout<Int32>.size) } while count < 0 && errno == EINTR
    guard count == MemoryLayout<Int32>.size else { return pid }
    waitpid(pid, nil, 0)
    throw SystemError("start \(path)", code)
  }

  private static func ending(_ status: Int32) -> Ending {
    status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
  }
}
