internal import CPosix
internal import Glibc

/// Supervises the run whose directory is given, to its end; the whole life of a supervisor process.
///
/// It expects the run's lock as descriptor 3, as `LocalEngine` hands it over, and takes it itself where it is not there. It changes
/// signals and limits of the process, so it belongs into a process of its own. Returns the exit status: 0 when the end of the run is
/// in its journal, whatever the outcome.
public func superviseRun(directory path: String) -> Int32 {
  quietCrashes()
  let directory = RunDirectory(path)
  guard let lock = heldLock(of: directory) else {
    return complain("\(path): another supervisor has this run, or it is no run directory")
  }
  defer { withExtendedLifetime(lock) {} }
  let events = EventQueue()
  guard cposix_adopt_orphans() == 0 else { return complain("cannot become the parent of orphaned processes") }
  do {
    try SignalWatcher.start(events)
    let supervisor = try Supervisor(directory, events)
    return supervisor.run() ? 0 : complain("\(path): the end of the run could not be written down")
  } catch {
    return complain("\(path): \(error)")
  }
}

/// No register dump and no core file: they would hold the bytes of secrets.
private func quietCrashes() {
  for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] { signal(number, SIG_DFL) }
  var none = rlimit(rlim_cur: 0, rlim_max: 0)
  setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
}

private func heldLock(of directory: RunDirectory) -> FileDescriptor? {
  var inherited = stat()
  var file = stat()
  if fstat(3, &inherited) == 0, stat(directory.lock, &file) == 0, inherited.st_ino == file.st_ino,
    inherited.st_dev == file.st_dev
  {
    let lock = FileDescriptor(adopting: 3)
    // The connectors must not have it: it says that the supervisor lives.
    _ = fcntl(3, F_SETFD, FD_CLOEXEC)
    return cposix_take_lock(3) == 1 ? lock : nil
  }
  return (try? RunLock.take(directory)).flatMap { $0 }
}

private func complain(_ message: String) -> Int32 {
  let bytes = Array("pipectl supervise: \(message)\n".utf8)
  _ = write(2, bytes, bytes.count)
  return 1
}
