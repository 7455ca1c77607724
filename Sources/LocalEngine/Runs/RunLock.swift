internal import CPosix
internal import Glibc

/// The kernel lock that lives exactly as long as a run's supervisor.
///
/// It belongs to the open file description: the controller takes it, the supervisor inherits that very descriptor, and it ends when
/// the last copy is closed, whoever dies first. An open-file-description lock rather than `flock`, because it can be asked for without
/// being taken: a reader that tried a `flock` would make a start at that instant believe that the run is already under way.
enum RunLock {
  /// Nil where somebody else holds it.
  static func take(_ directory: RunDirectory) throws(PosixError) -> FileDescriptor? {
    let file = try FileDescriptor(opening: directory.lock, O_RDWR | O_CREAT)
    switch cposix_take_lock(file.number) {
    case 1: return file
    case 0: return nil
    default: throw PosixError("lock \(directory.lock)")
    }
  }

  /// Ends a lock that was not handed on, at once: closing alone leaves it to the children that are just being started elsewhere.
  static func release(_ lock: FileDescriptor) {
    cposix_release_lock(lock.number)
    lock.close()
  }

  /// Asks without taking.
  static func isHeld(_ directory: RunDirectory) throws(PosixError) -> Bool {
    let file: FileDescriptor
    do {
      file = try FileDescriptor(opening: directory.lock, O_RDWR)
    } catch {
      if error.isMissing { return false }
      throw error
    }
    switch cposix_is_locked(file.number) {
    case 0: return false
    case 1: return true
    default: throw PosixError("ask for the lock \(directory.lock)")
    }
  }
}
