import ControlLoop
import Foundation
import Glibc
import PipelineModel

/// A saved plan: what was wanted, and the operations that bring it about, good for one state folder.
struct PlanFile: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "PlanFile"
  /// Raised when an older pipectl would misread the file.
  var format = PlanFile.currentFormat
  var writtenBy = pipectlVersion
  /// The id of the state folder that it was made for.
  var folder: String
  /// Empty for none.
  var environment: String
  /// The compiled model; secrets are references.
  var pipelines: [DesiredPipeline]
  var sourceSets: [SourceSet]
  var prune: PruneLimit?
  var adopts: Bool
  var operations: [PipelineModel.Operation]

  static let currentFormat = 1

  init(_ goal: LoopGoal, plan: Plan, folder: String?) {
    self.folder = folder ?? ""
    environment = goal.environment ?? ""
    pipelines = goal.desired.pipelines
    sourceSets = goal.desired.sourceSets
    prune = goal.desired.prune
    adopts = goal.desired.adopts
    operations = plan.operations
  }

  /// The goal that executes exactly this plan.
  func goal(until: WaitGoal) -> LoopGoal {
    let desired = DesiredState(
      pipelines: pipelines, sourceSets: sourceSets, prune: prune, adopts: adopts, zones: zoneTable(for: pipelines))
    return LoopGoal(desired: desired, until: until, environment: environment, savedPlan: operations)
  }

  /// Makes or replaces the file, readable for its owner only.
  func write(to path: String) throws(CommandEnd) {
    let text = try jsonText(self)
    let temporary = path + ".\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .failed("the plan cannot be saved to \(path): \(systemMessage())") }
    let isWritten = wrote(text, to: descriptor) && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      let message = systemMessage()
      unlink(temporary)
      throw .failed("the plan cannot be saved to \(path): \(message)")
    }
  }

  static func read(_ path: String) throws(CommandEnd) -> PlanFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .failed("the saved plan \(path) cannot be read: \(systemMessage()); manifests are given with -f")
    }
    guard let header = try? JSONDecoder().decode(Header.self, from: data), header.kind == "PlanFile" else {
      throw .failed("\(path) is no saved plan; manifests are given with -f: `pipectl apply -f \(path)`")
    }
    guard header.format <= currentFormat, let file = try? JSONDecoder().decode(PlanFile.self, from: data) else {
      throw .failed(
        "\(path) was saved by pipectl \(header.writtenBy), which this version (\(pipectlVersion)) cannot read; make a new plan"
      )
    }
    return file
  }

  private struct Header: Decodable {
    var kind: String
    var format: Int
    var writtenBy: String
  }
}

func systemMessage() -> String {
  String(cString: strerror(errno))
}
