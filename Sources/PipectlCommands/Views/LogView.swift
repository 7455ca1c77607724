import PipelineModel

/// What a run's processes said.
struct LogView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Log"
  var run: String
  var lines: [Line]

  struct Line: Codable, Hashable {
    /// `supervisor`, `tap`, `target`.
    var source: String
    /// Absent where the line does not tell, and none before it.
    var at: String?
    /// Verbatim, with its time.
    var text: String
  }
}

extension LogView {
  init(_ run: RunID, _ lines: [LogLine]) {
    self.init(
      run: run.description,
      lines: lines.map { line in
        let isTimed = line.at != Timestamp(milliseconds: .min)
        return Line(source: line.source.rawValue, at: isTimed ? line.at.description : nil, text: line.text)
      })
  }
}
