internal import CPosix
internal import Glibc

/// A program to start: an argument array, an environment, descriptors; never a shell.
struct ChildProcess {
  var path: String
  var arguments: [String]
  /// `NAME=value`.
  var environment: [String]
  var directory: String?
  var input: FileDescriptor
  var output: FileDescriptor
  var error: FileDescriptor
  /// Becomes the child's descriptor 3.
  var kept: FileDescriptor?
  var hasOwnSession = false

  /// A child that exists and waits: the program begins with `open`, and never if this value is dropped first.
  final class Gated {
    let pid: Int32
    private let gate: FileDescriptor
    private let failure: FileDescriptor

    fileprivate init(pid: Int32, gate: FileDescriptor, failure: FileDescriptor) {
      self.pid = pid
      self.gate = gate
      self.failure = failure
    }

    /// Lets the program begin; returns when it has.
    func open() throws(PosixError) {
      try gate.writeAll([1])
      try ChildProcess.throwReported(failure)
    }
  }

  /// Starts the program and returns its pid when it runs.
  func spawn() throws(PosixError) -> Int32 {
    let (pid, failure) = try fork(gate: nil)
    do {
      try Self.throwReported(failure)
    } catch {
      waitpid(pid, nil, 0)
      throw error
    }
    return pid
  }

  /// Makes the process, whose group and start time can be written down before the program sees anything.
  func spawnGated() throws(PosixError) -> Gated {
    let (reading, writing) = try FileDescriptor.pipe()
    let (pid, failure) = try fork(gate: reading)
    return Gated(pid: pid, gate: writing, failure: failure)
  }

  private func fork(gate: FileDescriptor?) throws(PosixError) -> (Int32, FileDescriptor) {
    let arguments = CStrings(self.arguments)
    let environment = CStrings(self.environment)
    var failure: Int32 = -1
    let pid = path.withCString { path in
      withOptionalCString(directory) { directory in
        var child = cposix_child(
          path: path, arguments: arguments.pointer, environment: environment.pointer, directory: directory,
          input: input.number, output: output.number, error: error.number, kept: kept?.number ?? -1,
          gate: gate?.number ?? -1, new_session: hasOwnSession ? 1 : 0)
        return cposix_spawn(&child, &failure)
      }
    }
    guard pid > 0 else { throw PosixError("start \(path)") }
    return (pid, FileDescriptor(adopting: failure))
  }

  private static func throwReported(_ failure: FileDescriptor) throws(PosixError) {
    let bytes = try failure.readAll()
    guard bytes.count == MemoryLayout<Int32>.size else { return }
    throw PosixError("start the program", bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) })
  }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

/// A NULL-terminated array of C strings.
private final class CStrings {
  let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    pointer = .allocate(capacity: count + 1)
    for (index, text) in texts.enumerated() { (pointer + index).initialize(to: strdup(text)) }
    (pointer + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointer[index]) }
    pointer.deallocate()
  }
}
