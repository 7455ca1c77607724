/// What it takes to record new pipelines, beside Terraform with as many new resources.
struct ApplyFigure {
  let bench: Workbench
  let terraform: Terraform

  func take() throws -> [Figure] {
    let count = bench.many(1000)
    try bench.write(ManifestCorpus.stream(of: count), to: "new.yaml")
    let ours = bench.pipectl("apply", "-f", "new.yaml", state: "new")
    let measured = try (0..<bench.rounds(5)).map { _ in
      bench.remove("new")
      return try ours.measure()
    }
    let seconds = measured.map(\.seconds).median
    let baseline = try terraformApply(count)
    bench.remove("new")
    bench.remove("new.yaml")
    return [
      Figure(
        name: "apply \(count) new pipelines", ours: .seconds(seconds), baseline: .seconds(baseline),
        baselineName: terraform.name("apply", count), result: .seconds(seconds), bound: .atMost(.seconds(1.5)),
        isHeadline: true)
    ]
  }

  private func terraformApply(_ count: Int) throws -> Double {
    switch terraform {
    case .recorded: return Terraform.recordedApply
    case .installed(let path):
      let folder = try TerraformFolder("terraform-apply", resources: count, terraform: path, bench: bench)
      defer { bench.remove("terraform-apply") }
      return try folder.program("apply", "-input=false", "-auto-approve").measure().seconds
    }
  }
}
