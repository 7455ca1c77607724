import CPosix

/// For a process that stays, one heap for all of its threads; called while there is only one.
///
/// Each of several heaps would keep the memory that its threads needed most, and the others could not use it.
public func prepareMemory() {
  if CommandLine.arguments.dropFirst().first == "serve" { cposix_use_one_heap() }
}
