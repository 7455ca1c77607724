import Foundation

/// What pipectl adds to a tap and a target in a pipe: once a run, and for each line.
struct RunFigures {
  let bench: Workbench

  func take() throws -> [Figure] {
    let overhead = try overhead()
    let bytes = try SingerRecording.write(records: bench.many(1_000_000), to: bench.path("recording.singer"))
    let pumping = try pump(bytes, sink: .looks) + pump(bytes, sink: .discards) + slowSink()
    bench.remove("recording.singer")
    return [overhead] + pumping
  }

  private enum Sink: String {
    case looks = "a sink that looks at every line"
    case discards = "a sink that discards"

    var environment: [String: String] { self == .looks ? [:] : ["BENCH_DISCARD": "1"] }
    var bound: Double { self == .looks ? 1.25 : 1.6 }
  }

  private func overhead() throws -> Figure {
    try apply("idle", tap: [:], target: [:])
    let compared = try Comparison(
      rounds: bench.rounds(21), ours: bench.pipectl("start", "idle", state: "runs"),
      baseline: pipe("\(quoted("ReplayTap")) | \(quoted("LineSink"))"))
    return Figure(
      name: "a run of a tap and a target that do nothing", ours: .seconds(compared.ours),
      baseline: .seconds(compared.baseline), baselineName: "sh -c 'tap | target'",
      result: .seconds(compared.difference), bound: .atMost(.seconds(0.08)), isHeadline: true)
  }

  private func pump(_ bytes: Int, sink: Sink) throws -> [Figure] {
    let name = "pump-\(sink)"
    let peak = bench.path("\(name).peak")
    try apply(
      name, tap: ["BENCH_RECORDING": bench.path("recording.singer")],
      target: sink.environment.merging(["BENCH_PEAK": peak]) { first, _ in first })
    let compared = try Comparison(
      rounds: bench.rounds(5), ours: bench.pipectl("start", name, state: "runs"),
      baseline: pipe("cat recording.singer | \(quoted("LineSink"))", sink.environment))
    return [
      Figure(
        name: "\(bench.many(1_000_000)) records (\(Quantity.bytes(bytes))) into \(sink.rawValue)",
        ours: .seconds(compared.ours), baseline: .seconds(compared.baseline), baselineName: "cat FILE | sink",
        result: .times(compared.ratio), bound: .atMost(.times(sink.bound)), isHeadline: sink == .looks),
      try memory("the same: supervisor's memory", peak),
    ]
  }

  /// A target that rests after every thousandth line: what the tap has written already must wait in the pipe, not in memory.
  private func slowSink() throws -> [Figure] {
    let peak = bench.path("slow.peak")
    try apply(
      "slow", tap: ["BENCH_RECORDING": bench.path("recording.singer")],
      target: ["BENCH_PAUSE": "5000", "BENCH_PEAK": peak])
    _ = try bench.pipectl("start", "slow", state: "runs").measure()
    return [try memory("the same, into a slow sink: supervisor's memory", peak)]
  }

  private func memory(_ name: String, _ file: String) throws -> Figure {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    guard let kilobytes = Int(text.split(separator: "\n").first ?? "") else {
      throw BenchError("the target did not write \(file)")
    }
    return Figure(
      name: name, ours: .bytes(kilobytes * 1024), result: .bytes(kilobytes * 1024), bound: .atMost(.megabytes(40)))
  }

  /// Applies a pipeline and runs it once, so that what is measured needs no discovery.
  private func apply(_ name: String, tap: [String: String], target: [String: String]) throws {
    try bench.write(manifest(name, tap, target), to: "\(name).yaml")
    _ = try bench.pipectl("apply", "-f", "\(name).yaml", state: "runs").measure()
    _ = try bench.pipectl("start", name, state: "runs").measure()
  }

  private func manifest(_ name: String, _ tap: [String: String], _ target: [String: String]) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: \(name)}
    spec:
      source: {connector: {type: singer, executable: "\(bench.tool("ReplayTap"))"\(environment(tap))}}
      destination: {connector: {type: singer, executable: "\(bench.tool("LineSink"))"\(environment(target))}}

    """
  }

  private func environment(_ values: [String: String]) -> String {
    guard !values.isEmpty else { return "" }
    return ", env: {" + values.sorted { $0.key < $1.key }.map { "\($0.key): \"\($0.value)\"" }.joined(separator: ", ")
      + "}"
  }

  private func pipe(_ line: String, _ environment: [String: String] = [:]) -> Program {
    Program(arguments: ["sh", "-c", line], environment: environment)
  }

  private func quoted(_ tool: String) -> String { "'\(bench.tool(tool))'" }
}
