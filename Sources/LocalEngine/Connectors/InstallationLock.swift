internal import Glibc

/// The kernel lock of one installation: shared by those who use it, held alone by who makes or removes it. It ends with its holders.
enum InstallationLock {
  enum Kind {
    case shared
    case alone

    fileprivate var operation: Int32 {
      switch self {
      case .shared: LOCK_SH
      case .alone: LOCK_EX
      }
    }
  }

  /// Nil where somebody else holds it so that it cannot be had.
  static func take(_ path: String, _ kind: Kind) throws(PosixError) -> FileDescriptor? {
    let file = try open(path)
    return try change(file, to: kind) ? file : nil
  }

  /// Turns one kind into the other; in between, it may be nobody's.
  static func change(_ file: FileDescriptor, to kind: Kind) throws(PosixError) -> Bool {
    while flock(file.number, kind.operation | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw PosixError("lock the installation") }
    }
    return true
  }

  /// Reading is enough, so that a folder somebody else has filled can be used.
  private static func open(_ path: String) throws(PosixError) -> FileDescriptor {
    do {
      return try FileDescriptor(opening: path, O_RDONLY)
    } catch {
      guard error.isMissing else { throw error }
    }
    try Files.makeFolder(Files.parent(of: path))
    return try FileDescriptor(opening: path, O_RDWR | O_CREAT)
  }
}
