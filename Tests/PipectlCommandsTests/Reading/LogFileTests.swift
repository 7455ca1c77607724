import PipelineModel
import Testing

@testable import PipectlCommands

struct LogFileTests {
  @Test func `only whole lines come out, each once`() {
    var file = LogFile(.tap)
    #expect(
      file.lines(adding: Array("2026-11-21T06:00:00Z one\n2026-11-21T06:00".utf8), isOver: false).map(\.text) == [
        "2026-11-21T06:00:00Z one"
      ])
    #expect(file.lines(adding: Array(":01Z two".utf8), isOver: false).isEmpty)
    #expect(file.lines(adding: Array("\n".utf8), isOver: false).map(\.text) == ["2026-11-21T06:00:01Z two"])
    #expect(file.lines(adding: Array("unfinished".utf8), isOver: true).map(\.text) == ["unfinished"])
    #expect(file.lines(adding: [], isOver: true).isEmpty)
  }

  @Test func `lines of several logs come in the order in which they were said`() {
    var tap = LogFile(.tap)
    var target = LogFile(.target)
    let lines =
      target.lines(adding: Array("2026-11-21T06:00:00.500Z b\n2026-11-21T06:00:02Z d\n".utf8), isOver: false)
      + tap.lines(adding: Array("2026-11-21T06:00:00Z a\n2026-11-21T06:00:01Z c\nno time\n".utf8), isOver: false)
    #expect(lines.inOrder.map { $0.text.split(separator: " ").last } == ["a", "b", "c", "time", "d"])
  }
}
