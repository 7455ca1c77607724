import Testing

@testable import ControlAPI

/// The answer of a controller, in pieces of any size.
struct HTTPAnswerTests {
  private static let chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n7\r\ntwo\nthr\r\n3\r\nee\n\r\n0\r\n\r\n"

  @Test(arguments: [1, 2, 3, 7, 64, 1000])
  func `chunks become lines, whatever pieces they come in`(size: Int) throws {
    let bytes = Array(HTTPAnswerTests.chunked.utf8)
    var answer = HTTPAnswer()
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      try answer.take(bytes[start..<min(start + size, bytes.count)])
      while let line = answer.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(lines == ["one", "two", "three"])
    #expect(answer.status == 200)
    #expect(answer.isComplete)
  }

  @Test func `a body of a known length ends there`() throws {
    var answer = HTTPAnswer()
    try answer.take("HTTP/1.1 403 Forbidden\r\ncontent-length: 4\r\n\r\nno\n".utf8)
    #expect(!answer.isComplete)
    try answer.take("!".utf8)
    #expect(answer.isComplete)
    #expect(String(decoding: answer.body, as: UTF8.self) == "no\n!")
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
  ])
  func `what is no answer of a controller is refused`(text: String) {
    var answer = HTTPAnswer()
    #expect(throws: ControlError.self) { try answer.take(text.utf8) }
  }
}
