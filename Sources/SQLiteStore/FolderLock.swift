import Foundation
import Glibc
public import PipelineModel

/// The right to change a state folder, held by one process at a time.
///
/// The kernel keeps it: it ends with the process that holds it, however that dies, and children do not inherit it.
public final class ControllerLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }

  /// Takes the lock, and waits for it as long as `timeout`; the folder must exist. It is given back when the value goes away.
  ///
  /// A turn that somebody borrowed of a holder before this one, who died meanwhile, is waited for too.
  public static func acquire(folder: String, command: String, timeout: TimeSpan) throws(LockError) -> ControllerLock {
    let deadline = ContinuousClock.now + .milliseconds(max(timeout.milliseconds, 0))
    let lock = try acquire(file: "lock", folder, command, timeout, until: deadline)
    // Whoever borrows a turn looks at this signature last, so one of the two sees the other.
    _ = try acquire(file: "turn", folder, command, timeout, until: deadline)
    return lock
  }

  /// Takes the turn that the lock's holder lends, so that nobody has the lock after that holder, should it die, before the turn is over.
  ///
  /// - Parameter lender: who held the lock before the turn was asked for.
  /// - Returns: nothing where somebody else, or nobody, holds the lock by now: then there is no turn.
  public static func borrow(
    folder: String, of lender: LockHolder, command: String, timeout: TimeSpan
  ) throws(LockError) -> ControllerLock? {
    let deadline = ContinuousClock.now + .milliseconds(max(timeout.milliseconds, 0))
    let turn = try acquire(file: "turn", folder, command, timeout, until: deadline)
    return holder(of: folder) == lender ? turn : nil
  }

  private static func acquire(
    file: String, _ folder: String, _ command: String, _ timeout: TimeSpan, until deadline: ContinuousClock.Instant
  ) throws(LockError) -> ControllerLock {
    let path = folder + "/" + file
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unavailable(path) }
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      attempts += 1
      guard code == EWOULDBLOCK || code == EINTR else {
        close(descriptor)
        throw unavailable(path)
      }
      // Whoever asks for the holder has the lock for an instant: one refusal proves nothing.
      guard attempts < 3 || ContinuousClock.now < deadline else {
        defer { close(descriptor) }
        throw held(folder, timeout, read(descriptor))
      }
      usleep(attempts < 3 ? 5_000 : 50_000)
    }
    let lock = ControllerLock(descriptor: descriptor)
    lock.sign(command)
    return lock
  }

  /// Who holds the lock of a folder now; absent where nobody does.
  public static func holder(of folder: String) -> LockHolder? {
    let descriptor = Glibc.open(folder + "/lock", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
    return read(descriptor)
  }

  private func sign(_ command: String) {
    let holder = LockHolder(
      pid: getpid(), startTicks: ownStartTicks(), host: ownHost(), command: command,
      since: Int64(Date().timeIntervalSince1970 * 1000))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let bytes = try? encoder.encode(holder) else { return }
    ftruncate(descriptor, 0)
    _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }
}

private func read(_ descriptor: Int32) -> LockHolder? {
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = pread(descriptor, &bytes, bytes.count, 0)
  return try? JSONDecoder().decode(LockHolder.self, from: Data(bytes.prefix(max(0, count))))
}

private func unavailable(_ path: String) -> LockError {
  LockError(.unavailable, "\(path): \(String(cString: strerror(errno)))")
}

private func held(_ folder: String, _ timeout: TimeSpan, _ holder: LockHolder?) -> LockError {
  let who = holder.map {
    "process \($0.pid) on \($0.host) (`\($0.command)`, since \(Timestamp(seconds: $0.since / 1000)))"
  }
  return LockError(
    .held(holder),
    "\(folder) is being changed by \(who ?? "another process"); waited \(timeout): try again, or wait longer with --lock-timeout"
  )
}

private func ownHost() -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard gethostname(&name, name.count - 1) == 0 else { return "this machine" }
  return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// Field 22 of the process's own line; the name before it may hold anything, so the fields count from the last bracket.
private func ownStartTicks() -> UInt64 {
  guard let line = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
    let bracket = line.lastIndex(of: ")")
  else { return 0 }
  let fields = line[bracket...].split(separator: " ")
  return fields.count > 20 ? UInt64(fields[20]) ?? 0 : 0
}
