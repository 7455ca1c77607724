import ControlLoop
import EngineConformance
import Foundation
import PipelineModel
import Testing

extension EngineKind {
  /// A trial with this engine, supervised by the `pipectl` that was built with these tests.
  func tryOut(units: Int = 1, _ body: @Sendable @escaping (Trial) async throws -> Void) async throws {
    try await tryOut(units: units, supervisedBy: try program(), body)
  }
}

private func program() throws -> String {
  var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  for _ in 0..<6 {
    folder.deleteLastPathComponent()
    for candidate in ["pipectl", "debug/pipectl"] {
      let path = folder.appendingPathComponent(candidate).path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue { return path }
    }
  }
  throw TrialError("no `pipectl` near \(CommandLine.arguments[0]): run `swift build` first")
}

extension PipelineSpec {
  /// Asks for a job.
  mutating func ask(_ id: String, _ action: JobAction) {
    job = JobRequest(request: RequestID(id), action: action)
  }

  mutating func start(_ id: String, ifRunning: ConflictPolicy = .reject) {
    ask(id, .start(StartOptions(ifRunning: ifRunning)))
  }
}

extension Trial {
  /// Looks again and again, for half an hour at most, until a job runs: some engines want to see first what became of a lost start.
  func untilRunning(_ manifest: DesiredPipeline) async throws {
    for _ in 1...60 where served().running == 0 {
      fixture.pass(TimeSpan(seconds: 30))
      _ = await apply(manifest, until: .planned)
      if promises.capabilities.engineType == "local" { try await awaitRunning() }
    }
    try await awaitRunning()
  }

  /// Records whatever is left to do.
  func mustRest(
    _ manifests: DesiredPipeline..., at location: SourceLocation = #_sourceLocation
  ) async throws {
    try await mustRest(manifests, at: location)
  }

  func mustRest(_ manifests: [DesiredPipeline], at location: SourceLocation = #_sourceLocation) async throws {
    for words in try await unrest(manifests) { Issue.record("\(words)", sourceLocation: location) }
  }
}
