import Foundation

/// Takes the figures, prints the table, and ends with 1 where one misses its bound.
func run() throws -> Int32 {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let tools = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path
  let bench = try Workbench(pipectl: options.pipectl, tools: tools, scale: options.scale)
  defer { bench.clean() }
  var figures: [Figure] = []
  for group in BenchGroup.allCases where options.only.isEmpty || options.only.contains(group.rawValue) {
    say("==> \(group.rawValue)")
    figures += try group.take(bench)
  }
  let table = FigureTable(figures: figures, isJudged: options.scale == .full)
  print(table.text + "\n\n" + Machine.sentence)
  if let root = options.record {
    try table.record(in: root + "/docs/performance.md", onlyHeadlines: false)
    try table.record(in: root + "/README.md", onlyHeadlines: true)
  }
  return !table.isJudged || figures.allSatisfy(\.isKept) ? 0 : 1
}

func say(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}

do {
  exit(try run())
} catch {
  say("bench: \(error)")
  exit(2)
}
