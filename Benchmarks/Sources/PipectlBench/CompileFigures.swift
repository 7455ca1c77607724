/// How long manifests take to compile, beside a C program that only pulls libyaml's events out of the same bytes.
struct CompileFigures {
  let bench: Workbench

  func take() throws -> [Figure] {
    let count = bench.many(10_000)
    try bench.write(ManifestCorpus.stream(of: count), to: "stream.yaml")
    let bytes = bench.size(of: "stream.yaml")
    let stream = try compare("stream.yaml")
    try bench.emptyFolder("manifests")
    for number in 1...count { try bench.write(ManifestCorpus.pipeline(number), to: "manifests/shop-\(number).yaml") }
    let files = try compare("manifests")
    bench.remove("stream.yaml")
    bench.remove("manifests")
    let name = "compile \(count) pipelines (\(Quantity.bytes(bytes)))"
    return [
      time("\(name), one stream", stream), memory("\(name), one stream: memory", stream, bytes: bytes),
      time("\(name), \(count) files", files), memory("\(name), \(count) files: memory", files, bytes: bytes),
    ]
  }

  private func compare(_ input: String) throws -> Comparison {
    try Comparison(
      rounds: bench.rounds(7), ours: bench.pipectl("validate", "-f", input, state: "none"),
      baseline: Program(arguments: [bench.tool("YAMLEvents"), input]))
  }

  private func time(_ name: String, _ compared: Comparison) -> Figure {
    Figure(
      name: name, ours: .seconds(compared.ours), baseline: .seconds(compared.baseline),
      baselineName: "libyaml events, in C", result: .times(compared.ratio), bound: .atMost(.times(2.5)),
      isHeadline: true)
  }

  private func memory(_ name: String, _ compared: Comparison, bytes: Int) -> Figure {
    Figure(
      name: name, ours: .bytes(compared.peakBytes), baseline: .bytes(bytes), baselineName: "the bytes themselves",
      result: .times(Double(compared.peakBytes) / Double(bytes)), bound: .atMost(.times(12)))
  }
}
