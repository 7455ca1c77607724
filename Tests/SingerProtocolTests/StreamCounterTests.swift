import SeededRandom
import SingerProtocol
import Testing

struct StreamCounterTests {
  @Test func `records, bytes and kinds are counted per stream`() {
    var counter = StreamCounter()
    let lines = [
      #"{"type":"SCHEMA","stream":"b","schema":{}}"#, #"{"type": "RECORD", "stream": "b", "record": {}}"#,
      #"{"type":"RECORD","stream":"a","record":{}}"#, #"{"record":{},"stream":"b","type":"RECORD"}"#,
      #"{"type":"STATE","value":1}"#,
      #"{"type":"ACTIVATE_VERSION","stream":"b","version":2}"#, #"{"type":"X"}"#, "garbage",
    ]
    for line in lines { count(line, &counter) }
    #expect(counter.streams.map(\.name) == ["a", "b"])
    #expect(counter.streams.map(\.records) == [1, 2])
    #expect(counter.streams.map(\.bytes) == [lines[2].utf8.count, lines[1].utf8.count + lines[3].utf8.count])
    #expect(counter.streams.map(\.schemas) == [0, 1])
    #expect(counter.streams.map(\.versions) == [0, 1])
    #expect([counter.records, counter.schemas, counter.states, counter.others, counter.notJSON] == [3, 1, 1, 1, 1])
    #expect(counter.lines == lines.count)
    #expect(counter.bytes == lines.map(\.utf8.count).reduce(0, +))
  }

  @Test func `a name counts once however it is spelled`() {
    var counter = StreamCounter()
    count(#"{"type":"RECORD","stream":"caf\u00e9","record":{}}"#, &counter)
    count(#"{"type":"RECORD","stream":"café","record":{}}"#, &counter)
    #expect(counter.streams.map(\.name) == ["café"])
    #expect(counter.streams.map(\.records) == [2])
  }

  @Test func `many streams are told apart`() {
    var counter = StreamCounter()
    var random = SplitMix64(seed: 1)
    var expected: [String: Int] = [:]
    for _ in 0..<5000 {
      let name = "stream-\(Int.random(in: 0..<300, using: &random))"
      expected[name, default: 0] += 1
      count(#"{"type":"RECORD","stream":"\#(name)","record":{}}"#, &counter)
    }
    #expect(Dictionary(uniqueKeysWithValues: counter.streams.map { ($0.name, $0.records) }) == expected)
    #expect(counter.streams.map(\.name) == expected.keys.sorted())
  }

  private func count(_ line: String, _ counter: inout StreamCounter) {
    Array(line.utf8).withUnsafeBytes { _ = counter.count(line: $0) }
  }
}
