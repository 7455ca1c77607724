import Foundation
import Testing

/// Packages of the real index, installed by the runs that need them.
@Suite(.serialized)
struct PackageTests {
  @Test func `a target from the index is installed by its first run, and found by the second without a network`()
    async throws
  {
    let bench = try Bench()
    let manifest = try write("target-jsonl==0.1.4", request: "first", in: bench)
    let first = try await bench.pipectl("apply", "-f", manifest)
    #expect(first.code == 0, "\(first)")
    #expect(try #require(bench.journal(of: "numbers")).stageBegan("install"))
    #expect(try loaded(in: bench) == 20)

    try write("target-jsonl==0.1.4", request: "second", in: bench)
    let apply = try bench.launch(["apply", "-f", manifest], environment: Self.unreachable)
    let second = try await apply.end()
    #expect(second.code == 0, "\(second)")
    #expect(try #require(bench.journal(of: "numbers")).stageBegan("install") == false)

    let list = try await bench.read(ListDocument<Installed>.self, "connectors", "list", "-o", "json")
    #expect(list.items.map(\.spec.requirement) == ["target-jsonl==0.1.4"])
    #expect(list.items.map(\.status.phase) == ["complete"])
    #expect(list.items.map(\.status.usedBy) == [["numbers"]])
  }

  @Test func `a target that installs and does not start fails its run at once, with its own error`() async throws {
    let bench = try Bench()
    let manifest = try write("target-sqlite==0.2.0", request: "first", in: bench)
    let end = try await bench.pipectl("apply", "-f", manifest)
    #expect(end.code == 1)
    #expect(
      end.output.contains("install-failed: `target-sqlite==0.2.0` is installed, and `target-sqlite` does not start"),
      "\(end)")
    #expect(end.output.contains("| AttributeError: module 'collections' has no attribute"), "\(end)")
    let list = try await bench.read(ListDocument<Installed>.self, "connectors", "list", "-o", "json")
    #expect(list.items.isEmpty, "what does not start is not kept")
  }

  /// Nothing answers there.
  private static let unreachable = [
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple", "PIP_NO_INDEX": "1",
    "UV_OFFLINE": "1",
  ]

  private struct Installed: Decodable {
    var spec: Spec
    var status: Status

    struct Spec: Decodable {
      var requirement: String?
    }

    struct Status: Decodable {
      var phase: String
      var usedBy: [String]
    }
  }

  @discardableResult
  private func write(_ package: String, request: String, in bench: Bench) throws -> String {
    let rows = try bench.write("numbers.csv", "id,label\n" + (1...20).map { "\($0),row \($0)\n" }.joined())
    try FileManager.default.createDirectory(atPath: bench.folder + "/out", withIntermediateDirectories: true)
    return try bench.write(
      "pipeline.yaml",
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: numbers}
      spec:
        source:
          connector: {type: builtin, name: csv}
          config: {files: [{stream: numbers, path: \(rows), keys: [id]}]}
        destination:
          connector: {type: singer, package: "\(package)"}
          config: {destination_path: \(bench.folder)/out}
        mode: snapshot
        job: {request: \(request), action: start}
      """)
  }

  private func loaded(in bench: Bench) throws -> Int {
    let folder = bench.folder + "/out"
    return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
      sum + (try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).split(separator: "\n").count
    }
  }
}
