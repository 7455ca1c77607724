import Foundation
import PipelineModel
import Testing

struct BoxedTests {
  private struct Holder: Hashable, Codable {
    @Boxed var span: TimeSpan
  }

  @Test func `a boxed part is written and read as if there were no box`() throws {
    let holder = Holder(span: TimeSpan(seconds: 2))
    let text = try JSONEncoder().encode(holder)
    #expect(String(decoding: text, as: UTF8.self) == #"{"span":2000}"#)
    #expect(try JSONDecoder().decode(Holder.self, from: text) == holder)
  }

  @Test func `a changed copy leaves the original as it was`() {
    let holder = Holder(span: TimeSpan(seconds: 2))
    var copy = holder
    copy.span = TimeSpan(seconds: 3)
    #expect(holder.span == TimeSpan(seconds: 2))
    #expect(holder != copy)
  }
}
