import NIOCore
import NIOHTTP1
import PipelineModel

extension Delivery {
  /// False where the connection is to be closed.
  func write(
    to output: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>, at now: Timestamp
  ) async throws -> Bool {
    switch manner {
    case .never: return false
    case .whole:
      try await output.write(.head(head(at: now)))
      try await output.write(.body(.byteBuffer(ByteBuffer(bytes: answer.body))))
      try await output.write(.end(nil))
      return true
    case .half:
      try await output.write(.head(head(at: now)))
      try await output.write(.body(.byteBuffer(ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2)))))
      return false
    case .slowly(let span):
      try await output.write(.head(head(at: now)))
      for byte in answer.body {
        try await output.write(.body(.byteBuffer(ByteBuffer(bytes: [byte]))))
        try await Task.sleep(for: .milliseconds(span.milliseconds))
      }
      try await output.write(.end(nil))
      return true
    }
  }

  private func head(at now: Timestamp) -> HTTPResponseHead {
    var headers = HTTPHeaders()
    headers.add(name: "Content-Type", value: answer.mediaType)
    headers.add(name: "Content-Length", value: String(answer.body.count))
    headers.add(name: "Date", value: httpDate(now))
    for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) { headers.add(name: name, value: value) }
    return HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
  }
}

/// `Sat, 21 Nov 2026 15:31:14 GMT`.
private func httpDate(_ instant: Timestamp) -> String {
  let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let civil = CivilTime(secondsSinceEpoch: instant.seconds)
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let day = days[Int(instant.seconds / 86_400 % 7)]
  let date = "\(two(civil.day)) \(months[civil.month - 1]) \(civil.year)"
  return "\(day), \(date) \(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)) GMT"
}
