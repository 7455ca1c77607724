import Glibc

/// One request to a controller, and its answer.
///
/// It belongs to whoever made it, and is never shared: every call waits in short turns, in between which that owner may act.
public struct ControlConnection: ~Copyable {
  private let descriptor: Int32
  private var answer = HTTPAnswer()

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Sends a request; its answer is read with `nextLine` or `wholeBody`.
  public func send(_ method: String, _ target: String, body: [UInt8] = []) throws(ControlError) {
    let head =
      "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
    try write(Array(head.utf8) + body)
  }

  /// Says that nothing more is asked, and nobody waits any longer; what is still answered can be read.
  public func hangUp() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// What one turn of waiting gave.
  public enum Turn: Sendable {
    case line([UInt8])
    /// Nothing came for a while.
    case silence
    /// The answer is complete.
    case end
  }

  /// The next line of the answer, or that none came for a while.
  public mutating func nextLine(within milliseconds: Int32 = 200) throws(ControlError) -> Turn {
    while true {
      if let line = answer.nextLine() {
        try refuseProblem(line)
        return .line(line)
      }
      if answer.isComplete {
        try refuseProblem(answer.body)
        return .end
      }
      guard try receive(within: milliseconds) else { return .silence }
    }
  }

  /// All of the answer.
  public mutating func wholeBody(within milliseconds: Int32) throws(ControlError) -> [UInt8] {
    while !answer.isComplete {
      guard try receive(within: milliseconds) else {
        throw ControlError(
          .unavailable,
          "the controller of this state folder does not answer; nothing was done: look at its log, and at its process with `pipectl doctor`"
        )
      }
    }
    try refuseProblem(answer.body)
    return answer.body
  }

  /// An answer that is none of what was asked for carries its reason.
  private func refuseProblem(_ body: [UInt8]) throws(ControlError) {
    guard let status = answer.status, !(200..<300).contains(status) else { return }
    let text = String(decoding: body, as: UTF8.self)
    let reason = text.last == "\n" ? String(text.dropLast()) : text
    throw ControlError(
      status == 403 ? .forbidden : .request, reason.isEmpty ? "the controller answers with status \(status)" : reason)
  }

  /// Takes in what has come; false where nothing came in time.
  private mutating func receive(within milliseconds: Int32) throws(ControlError) -> Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = poll(&event, 1, milliseconds)
    // A signal ends the turn: whoever waits may want to know of it.
    guard ready > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      try answer.take(buffer[..<count])
      return true
    }
    if count < 0, errno == EINTR || errno == EAGAIN { return false }
    throw ControlError(.gone, "the controller went away")
  }

  private func write(_ bytes: [UInt8]) throws(ControlError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR {
        // It may have refused the request before it had read all of it: that answer says more.
        return
      }
    }
  }
}
