import Foundation
import PipelineModel
import Testing

@Suite struct TimeSpanTests {
  @Test(
    arguments: [
      ("250ms", 250), ("90s", 90_000), ("15m", 900_000), ("2h", 7_200_000), ("1d", 86_400_000), ("0s", 0),
      ("1500ms", 1500), ("36h", 129_600_000), ("106751991167d", 9_223_372_036_828_800_000),
    ] as [(String, Int64)])
  func `a number and a unit are read and written`(text: String, milliseconds: Int64) throws {
    let span = try #require(TimeSpan(text: text))
    #expect(span.milliseconds == milliseconds)
    #expect(span.description == text)
  }

  @Test(arguments: [("60s", "1m"), ("120m", "2h"), ("24h", "1d"), ("1000ms", "1s"), ("007s", "7s"), ("0d", "0s")])
  func `the largest whole unit is written`(text: String, written: String) {
    #expect(TimeSpan(text: text)?.description == written)
  }

  @Test(arguments: [
    "", "5", "s", "-5s", "+5s", "1.5h", "5 s", " 5s", "5s ", "5S", "5min", "1h30m", "٣s", "5²s", "106751991168d",
    "9223372036854775808ms", "99999999999999999999s", "0x5s", "1e3s",
  ])
  func `what is neither is refused`(text: String) {
    #expect(TimeSpan(text: text) == nil)
  }

  @Test func `any span leads back from its text`() {
    var state: UInt64 = 3
    for shift in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let span = TimeSpan(milliseconds: Int64(state >> 1) >> Int64(shift % 60))
      #expect(TimeSpan(text: span.description) == span)
    }
  }

  @Test func `in JSON a span is a number`() throws {
    let data = try JSONEncoder().encode(TimeSpan(seconds: 3))
    #expect(String(decoding: data, as: UTF8.self) == "3000")
    #expect(try JSONDecoder().decode(TimeSpan.self, from: data) == TimeSpan(seconds: 3))
  }
}
