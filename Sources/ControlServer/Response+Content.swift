import Hummingbird
import NIOCore

extension Response {
  init(text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8") {
    self.init(
      status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A JSON document.
  init(document: String) {
    self.init(text: document.hasSuffix("\n") ? document : document + "\n", type: "application/json")
  }
}
