/// A plan of many pipelines with nothing to do, beside Terraform's of as many resources, and how it grows.
struct PlanFigures {
  let bench: Workbench
  let terraform: Terraform

  func take() throws -> [Figure] {
    let few = bench.many(1000)
    let some = bench.many(10_000)
    let many = bench.many(100_000)
    for count in [few, some, many] { try apply(count) }
    let beside = try besideTerraform(some)
    let growth = try [grow(from: few, to: some), grow(from: some, to: many)]
    for count in [few, some, many] {
      bench.remove("plan-\(count)")
      bench.remove("state-\(count)")
    }
    return beside + growth
  }

  /// Files of a hundred pipelines each, applied.
  private func apply(_ count: Int) throws {
    try bench.emptyFolder("plan-\(count)")
    for first in stride(from: 1, through: count, by: 100) {
      let text = (first..<min(first + 100, count + 1)).map { ManifestCorpus.pipeline($0) }.joined()
      try bench.write(text, to: "plan-\(count)/from-\(first).yaml")
    }
    _ = try bench.pipectl("apply", "-f", "plan-\(count)", state: "state-\(count)").measure()
  }

  /// With the exit code that says whether there was anything to do.
  private func plan(_ count: Int) -> Program {
    bench.pipectl("plan", "-f", "plan-\(count)", "--detailed-exitcode", state: "state-\(count)")
  }

  private func besideTerraform(_ count: Int) throws -> [Figure] {
    let taken: (ours: Double, baseline: Double, peak: Int)
    switch terraform {
    case .installed(let path):
      let folder = try TerraformFolder("terraform-plan", resources: count, terraform: path, bench: bench)
      try folder.writeState(resources: count)
      let compared = try Comparison(
        rounds: bench.rounds(2), ours: plan(count),
        baseline: folder.program("plan", "-input=false", "-detailed-exitcode"))
      bench.remove("terraform-plan")
      taken = (compared.ours, compared.baseline, compared.peakBytes)
    case .recorded:
      let measured = try (0..<bench.rounds(3)).map { _ in try plan(count).measure() }
      taken = (measured.map(\.seconds).median, Terraform.recordedPlan, measured.map(\.peakBytes).max() ?? 0)
    }
    return [
      Figure(
        name: "plan \(count) pipelines, nothing to do", ours: .seconds(taken.ours), baseline: .seconds(taken.baseline),
        baselineName: terraform.name("plan", count), result: .times(taken.baseline / taken.ours),
        bound: .atLeast(.times(20)), isHeadline: true),
      Figure(
        name: "plan \(count) pipelines: memory", ours: .bytes(taken.peak), result: .bytes(taken.peak),
        bound: .atMost(.megabytes(250))),
    ]
  }

  private func grow(from few: Int, to many: Int) throws -> Figure {
    let compared = try Comparison(rounds: bench.rounds(3), ours: plan(many), baseline: plan(few))
    return Figure(
      name: "plan \(many) pipelines", ours: .seconds(compared.ours), baseline: .seconds(compared.baseline),
      baselineName: "plan \(few) pipelines", result: .times(compared.ratio),
      bound: .atMost(.times(Double(many) / Double(few))))
  }
}
