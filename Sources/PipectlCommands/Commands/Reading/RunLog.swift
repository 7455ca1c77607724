import LocalEngine
import PipelineModel

/// The logs of one run, as they grow.
struct RunLog {
  let run: RunID
  var isOver = false
  private let engine: LocalEngine
  private var reader: LogReader

  init(_ run: RunID, _ sources: [LogSource], _ engine: LocalEngine?) throws(CommandEnd) {
    guard let engine, engine.directory(of: run) != nil else {
      throw .failed("\(run) has no logs on this machine")
    }
    self.run = run
    self.engine = engine
    reader = LogReader(sources)
  }

  /// What is new since the last time.
  mutating func next(isOver: Bool) throws(CommandEnd) -> [LogLine] {
    // The folder moves when the run is put away.
    guard let directory = engine.directory(of: run) else { return [] }
    return try reader.next(in: directory, isOver: isOver)
  }
}
