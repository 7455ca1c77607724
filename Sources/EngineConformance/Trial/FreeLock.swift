import ControlLoop

/// The lock of a folder that nobody else wants.
struct FreeLock: ControllerLock {
  func acquire() async -> LockAnswer { .acquired }
  func release() async {}
}
