/// How soon a command answers a person.
struct CommandFigures {
  let bench: Workbench

  func take() throws -> [Figure] {
    let count = bench.many(1000)
    try applyWithRuns(count)
    defer { bench.remove("answers") }
    return [
      try figure("pipectl version", bench.pipectl("version", state: "answers"), within: 0.03),
      try figure(
        "pipectl get, \(count) pipelines with a run each", bench.pipectl("get", state: "answers"), within: 0.1),
    ]
  }

  /// Real pipelines, each of which has run once.
  private func applyWithRuns(_ count: Int) throws {
    try bench.write((1...count).map { pipeline($0) }.joined(), to: "answers.yaml")
    _ = try bench.pipectl("apply", "-f", "answers.yaml", state: "answers").measure()
  }

  private func pipeline(_ number: Int) -> String {
    ManifestCorpus.pipeline(number)
      .replacing("executable: tap-postgres", with: "executable: \(bench.tool("ReplayTap"))")
      .replacing("executable: target-postgres", with: "executable: \(bench.tool("LineSink"))")
      .replacing("{fromEnv: SHOP_\(number)_PASSWORD}", with: "{fromEnv: HOME}")
      .replacing("{fromFile: /run/secrets/warehouse}", with: "{fromEnv: HOME}")
      + "  job: {request: first, action: start}\n"
  }

  private func figure(_ name: String, _ ours: Program, within seconds: Double) throws -> Figure {
    let compared = try Comparison(rounds: bench.rounds(21), ours: ours, baseline: Program(arguments: ["true"]))
    return Figure(
      name: name, ours: .seconds(compared.ours), baseline: .seconds(compared.baseline), baselineName: "true",
      result: .seconds(compared.ours), bound: .atMost(.seconds(seconds)), isHeadline: true)
  }
}
