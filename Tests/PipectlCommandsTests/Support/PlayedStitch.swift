import Foundation
import Glibc

/// A program that plays Stitch, its clock a hundred times faster, until a test lets go of it.
final class PlayedStitch {
  let address: String
  private let program: Running

  /// What opens the account that it plays.
  static let token = ["STITCH_TOKEN": "stitch-token"]

  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - faults: as its `--fault` takes them.
  ///   - jobsEnd: whether jobs end that nobody stops.
  ///   - sources: absent: 4711, 4712 and 4713.
  ///   - mixed: so many of all kinds, from 5001 on.
  init(
    in sandbox: Sandbox, port: Int = 0, faults: [String] = [], jobsEnd: Bool = true, sources: Int? = nil,
    mixed: Int? = nil
  ) throws {
    var arguments = ["stitch", "--port", String(port), "--speed", "100", "--calls", "--no-schedules"]
    for fault in faults { arguments += ["--fault", fault] }
    if !jobsEnd { arguments += ["--job-takes", "1000000000"] }
    if let sources { arguments += ["--alike", String(sources)] }
    if let mixed { arguments += ["--sources", String(mixed)] }
    let program = try Running(
      program: Sandbox.programs + "/contract-server", arguments, in: sandbox, environment: [:], input: "")
    try eventually("Stitch is played") { program.output.contains("\n") || !program.isRunning }
    guard program.isRunning,
      let word = program.output.split(separator: "\n").first?.split(separator: " ").last
    else { throw SandboxError("Stitch is not played: \(program.end())") }
    address = String(word)
    self.program = program
  }

  var port: Int { address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// What was asked for that its documents do not allow.
  var violations: String { program.errors }

  /// The calls that came in, in their order, without queries.
  var calls: [String] { program.output.split(separator: "\n").dropFirst().map(String.init) }

  /// Does what somebody does who clicks in its pages.
  func click(_ method: String, _ path: String, _ body: String = "", in sandbox: Sandbox) throws {
    let outcome = try Running(
      program: "/usr/bin/env", ["python3", "-c", PlayedStitch.clicking, method, address + path, body], in: sandbox,
      environment: [:], input: ""
    ).end()
    guard outcome.exitCode == 0 else { throw SandboxError("\(method) \(path): \(outcome)") }
  }

  /// The calls since then, but for those that only look.
  func effects(since count: Int = 0) -> [String] { calls.dropFirst(count).filter { !$0.hasPrefix("GET") } }

  func end() {
    program.send(SIGKILL)
    _ = program.end()
  }

  deinit { end() }

  private static let clicking = """
    import sys, urllib.request
    method, address, body = sys.argv[1:4]
    headers = {"Authorization": "Bearer stitch-token"}
    if body:
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(address, body.encode() or None, headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    print(opener.open(request, timeout=60).read().decode())
    """
}

extension Sandbox {
  /// The manifests of an engine and of a pipeline on it, the source 4711.
  func stitchManifest(_ spec: String, on service: PlayedStitch) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: stitch-eu}
    spec: {type: stitch, baseURL: "\(service.address)", credentials: {token: {fromEnv: STITCH_TOKEN}}}
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: shop}
    spec: {engine: stitch-eu, remote: {id: "4711"}, \(spec)}

    """
  }

  func writeStitchPipeline(_ spec: String, to file: String = "shop.yaml", on service: PlayedStitch) throws {
    try write(stitchManifest(spec, on: service), to: file)
  }
}
