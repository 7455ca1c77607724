/// An HTTP/1.1 answer, read piece by piece as it comes in: exactly what a controller sends, and no more of HTTP than that.
struct HTTPAnswer {
  private enum Phase {
    case head
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailer
    case fixed(left: Int)
    case complete
  }

  /// Absent until the head is there.
  private(set) var status: Int?
  /// What has come of the body, and was not taken yet.
  private(set) var body: [UInt8] = []
  private var phase = Phase.head
  private var unread: [UInt8] = []
  private var place = 0
  /// How much of `body` is known to hold no end of a line.
  private var searched = 0

  var isComplete: Bool {
    if case .complete = phase { true } else { false }
  }

  /// Takes the next bytes of the connection.
  mutating func take(_ bytes: some Sequence<UInt8>) throws(ControlError) {
    unread.append(contentsOf: bytes)
    while try advance() {}
    unread.removeFirst(place)
    place = 0
  }

  /// The next whole line of the body; absent until it is there.
  mutating func nextLine() -> [UInt8]? {
    guard let end = body[searched...].firstIndex(of: newline) else {
      searched = body.count
      return nil
    }
    let line = Array(body[..<end])
    body.removeFirst(end + 1)
    searched = 0
    return line
  }

  /// Whether there was enough to go one step further.
  private mutating func advance() throws(ControlError) -> Bool {
    switch phase {
    case .head: return try readHead()
    case .chunkSize:
      guard let line = headerLine() else { return false }
      guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0 else { throw notHTTP(line) }
      phase = size == 0 ? .trailer : .chunk(left: size)
      return true
    case .chunk(let left):
      let rest = left - moveToBody(left)
      phase = rest == 0 ? .chunkEnd : .chunk(left: rest)
      return rest == 0
    case .chunkEnd:
      guard let line = headerLine() else { return false }
      guard line.isEmpty else { throw notHTTP(line) }
      phase = .chunkSize
      return true
    case .trailer:
      guard let line = headerLine() else { return false }
      if line.isEmpty { phase = .complete }
      return true
    case .fixed(let left):
      let rest = left - moveToBody(left)
      phase = rest == 0 ? .complete : .fixed(left: rest)
      return false
    case .complete: return false
    }
  }

  private mutating func readHead() throws(ControlError) -> Bool {
    let start = place
    var lines: [String] = []
    while let line = headerLine() {
      guard line.isEmpty else {
        lines.append(line)
        continue
      }
      try begin(lines)
      return true
    }
    place = start
    guard unread.count < HTTPAnswer.longestHead else { throw notHTTP("a head without an end") }
    return false
  }

  private mutating func begin(_ lines: [String]) throws(ControlError) {
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]) else {
      throw notHTTP(lines.first ?? "")
    }
    let fields = lines.dropFirst().map { $0.lowercased() }
    func value(of name: String) -> String? {
      fields.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
    status = code
    if value(of: "transfer-encoding") == "chunked" {
      phase = .chunkSize
    } else if let length = value(of: "content-length").flatMap({ Int($0) }), length >= 0 {
      phase = length == 0 ? .complete : .fixed(left: length)
    } else {
      throw notHTTP("an answer of unknown length")
    }
  }

  /// The next line without its end; absent until all of it is there.
  private mutating func headerLine() -> String? {
    guard let end = unread[place...].firstIndex(of: newline) else { return nil }
    var line = unread[place..<end]
    if line.last == 13 { line.removeLast() }
    place = end + 1
    return String(decoding: line, as: UTF8.self)
  }

  private mutating func moveToBody(_ most: Int) -> Int {
    let count = min(most, unread.count - place)
    body.append(contentsOf: unread[place..<place + count])
    place += count
    return count
  }

  private static let longestHead = 64 * 1024
}

private let newline = UInt8(ascii: "\n")

private func notHTTP(_ what: String) -> ControlError {
  ControlError(.answer, "what listens at the controller's socket does not answer as pipectl does (\(what.prefix(100)))")
}
