import CPosix

/// Chooses how memory is taken; called while there is only one thread.
///
/// For a process that stays, one heap for all of its threads: each of several would keep the memory that its threads needed most, and the
/// others could not use it. A command that is soon over takes what it needs as fast as it can.
public func prepareMemory() {
  switch CommandLine.arguments.dropFirst().first {
  case "serve": cposix_use_one_heap()
  case "supervise": break
  case _: cposix_grow_in_large_steps()
  }
}
