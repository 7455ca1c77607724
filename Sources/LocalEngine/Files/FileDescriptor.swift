internal import CPosix
internal import Glibc
internal import Synchronization

/// An open descriptor, closed on demand or with its last owner.
final class FileDescriptor: Sendable {
  private let open: Atomic<Int32>

  init(adopting number: Int32) {
    open = Atomic(number)
  }

  /// -1 once closed.
  var number: Int32 { open.load(ordering: .relaxed) }

  /// To be called only by the thread that uses it.
  func close() {
    let number = open.exchange(-1, ordering: .relaxed)
    if number >= 0 { Glibc.close(number) }
  }

  convenience init(opening path: String, _ flags: Int32, permissions: mode_t = 0o600) throws(PosixError) {
    let number = Glibc.open(path, flags | O_CLOEXEC, permissions)
    guard number >= 0 else { throw PosixError("open \(path)") }
    self.init(adopting: number)
  }

  deinit { close() }

  /// Both ends of a new pipe; they close on exec.
  static func pipe() throws(PosixError) -> (reading: FileDescriptor, writing: FileDescriptor) {
    var ends: [Int32] = [-1, -1]
    guard cposix_pipe(&ends) == 0 else { throw PosixError("make a pipe") }
    return (FileDescriptor(adopting: ends[0]), FileDescriptor(adopting: ends[1]))
  }

  /// Bytes that were read; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(PosixError) -> Int {
    while true {
      let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw PosixError("read") }
    }
  }

  func writeAll(_ bytes: UnsafeRawBufferPointer) throws(PosixError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(number, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        throw PosixError("write")
      }
    }
  }

  func writeAll(_ bytes: [UInt8]) throws(PosixError) {
    let failure = bytes.withUnsafeBytes { buffer -> PosixError? in
      do throws(PosixError) {
        try writeAll(buffer)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Everything up to the end. `path` names it in an error.
  func readAll(_ path: String = "") throws(PosixError) -> [UInt8] {
    var bytes: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count: Int
      do throws(PosixError) {
        count = try read(into: chunk)
      } catch {
        throw PosixError(path.isEmpty ? error.action : "read \(path)", error.code)
      }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }

  func synchronize() throws(PosixError) {
    guard fdatasync(number) == 0 else { throw PosixError("synchronize") }
  }
}
