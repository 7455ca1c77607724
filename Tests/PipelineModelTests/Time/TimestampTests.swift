import Foundation
import PipelineModel
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("2026-11-21T05:07:12Z", 1_795_237_632_000),
      ("2026-11-21t05:07:12z", 1_795_237_632_000),
      ("2026-11-21 06:07:12+01:00", 1_795_237_632_000),
      ("2026-11-20T23:37:12-05:30", 1_795_237_632_000),
      ("2026-11-21T05:07:12.5Z", 1_795_237_632_500),
      ("2026-11-21T05:07:12.05Z", 1_795_237_632_050),
      ("2026-11-21T05:07:12.0019Z", 1_795_237_632_001),
      ("2026-11-21", 1_795_219_200_000),
      ("1969-12-31T23:59:59.999Z", -1),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000),
      ("2024-02-29T00:00:00-00:00", 1_709_164_800_000),
    ] as [(String, Int64)])
  func `RFC 3339 is read`(text: String, milliseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-11-00", "26-11-21",
    "2026-11-21T",
    "2026-11-21T05", "2026-11-21T05:07Z", "2026-11-21T05:07:12", "2026-11-21T24:00:00Z", "2026-11-21T05:60:00Z",
    "2026-11-21T05:07:60Z", "2026-11-21T05:07:12.Z", "2026-11-21T05:07:12.Z5", "2026-11-21T05:07:12+1:00",
    "2026-11-21T05:07:12+01", "2026-11-21T05:07:12+0100", "2026-11-21T05:07:12+24:00", "2026-11-21T05:07:12+01:60",
    "2026-11-21T05:07:12ZZ", "2026-11-21T05:07:12Z ", " 2026-11-21T05:07:12Z", "2026-11-21_05:07:12Z", "-2026-11-21",
    "2026-11-2１", "２026-11-21", "2026/11/21", "2026-11-21T05:07:12,5Z", "2026-1-21", "2026-11-21Z", "\u{0}",
  ])
  func `what is not RFC 3339 is refused`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `years of more digits, and those before the first, are written whole`() {
    #expect(Timestamp(seconds: 253_402_300_800).description == "10000-01-01T00:00:00Z")
    #expect(Timestamp(milliseconds: -62_167_219_200_001).description == "-0001-12-31T23:59:59.999Z")
  }

  @Test func `a text leads back to its instant`() {
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let milliseconds = Int64(state >> 1) % 315_000_000_000_000 - 62_000_000_000_000
      let timestamp = Timestamp(milliseconds: milliseconds)
      #expect(Timestamp(rfc3339: timestamp.description) == timestamp)
    }
  }

  @Test(arguments: [-2001, -2000, -1999, -1001, -1000, -999, -1, 0, 1, 999, 1000, 1001] as [Int64])
  func `whole seconds are rounded down`(milliseconds: Int64) {
    #expect(Timestamp(milliseconds: milliseconds).seconds == Int64((Double(milliseconds) / 1000).rounded(.down)))
  }

  @Test func `arithmetic ends at the ends of time`() {
    let first = Timestamp(milliseconds: .min)
    let last = Timestamp(milliseconds: .max)
    #expect(last + TimeSpan(seconds: 1) == last)
    #expect(first + TimeSpan(seconds: -1) == first)
    #expect(first - TimeSpan(seconds: 1) == first)
    #expect(last - TimeSpan(milliseconds: .min) == last)
    #expect(last - first == TimeSpan(milliseconds: .max))
    #expect(first - last == TimeSpan(milliseconds: .min))
    #expect(Timestamp(seconds: 5) - Timestamp(seconds: 3) == TimeSpan(seconds: 2))
    #expect(first.seconds == Int64.min / 1000 - 1)
    #expect(last.seconds == Int64.max / 1000)
  }

  @Test func `the ends of time have a text`() {
    #expect(Timestamp(milliseconds: .min).description == "-292275055-05-16T16:47:04.192Z")
    #expect(Timestamp(milliseconds: .max).description == "292278994-08-17T07:12:55.807Z")
    #expect(
      Timestamp(seconds: CivilTime(year: -5, month: 1, day: 1).secondsSinceEpoch).description == "-0005-01-01T00:00:00Z"
    )
  }

  @Test func `in JSON an instant is a number`() throws {
    let data = try JSONEncoder().encode([Timestamp(milliseconds: -5), Timestamp(seconds: 2)])
    #expect(String(decoding: data, as: UTF8.self) == "[-5,2000]")
    #expect(
      try JSONDecoder().decode([Timestamp].self, from: data) == [Timestamp(milliseconds: -5), Timestamp(seconds: 2)])
  }
}
