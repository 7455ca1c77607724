internal import EngineAPI
internal import Glibc

/// Splits what a program prints into lines, hands each on without secrets, and keeps the last.
struct OutputLines {
  private static let kept = 400
  private static let longest = 64 * 1024
  private let scrubber: Scrubber
  private let log: (String) -> Void
  private var rest: [UInt8] = []
  private(set) var last: [String] = []

  init(scrubber: Scrubber, log: @escaping (String) -> Void) {
    self.scrubber = scrubber
    self.log = log
  }

  /// Takes in what comes within that many milliseconds; false at the end.
  mutating func read(_ source: FileDescriptor, waiting milliseconds: Int32) -> Bool {
    var state = pollfd(fd: source.number, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, milliseconds) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = Glibc.read(source.number, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EINTR }
    rest += buffer[..<count]
    while let newline = rest.firstIndex(of: 0x0A) {
      add(rest[..<newline])
      rest.removeSubrange(...newline)
    }
    if rest.count > Self.longest { end() }
    return true
  }

  /// Takes what has no line end as a line.
  mutating func end() {
    if !rest.isEmpty { add(rest[...]) }
    rest = []
  }

  /// Of a line that was written over and over only the last is of interest.
  private mutating func add(_ bytes: ArraySlice<UInt8>) {
    let shown = bytes.split(separator: 0x0D).last ?? []
    let line = scrubber.scrub(String(decoding: shown, as: UTF8.self))
    log(line)
    last.append(line)
    if last.count > Self.kept { last.removeFirst() }
  }
}
