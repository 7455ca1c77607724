import EngineAPI
import Foundation
import PipelineModel
import Testing

@testable import LocalEngine

/// Folders of runs that are kept no longer.
@Suite final class DiscardTests {
  private let path = FileManager.default.temporaryDirectory.path + "/pipectl-discard-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func make(_ place: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(place)", withIntermediateDirectories: true)
    try Data("{}\n".utf8).write(to: URL(fileURLWithPath: "\(path)/\(place)/journal.jsonl"))
  }

  private func exists(_ place: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(place)") }

  private func runs(_ numbers: Int...) -> [RunID] {
    numbers.map { RunID(pipeline: PipelineName("orders"), number: $0) }
  }

  @Test func `a retired run's folder goes, one that is not there is gone, and an active one stays`() async throws {
    for place in ["ended/orders.1", "ended/orders.4", "active/orders.3"] { try make(place) }
    let engine = LocalEngine(runsDirectory: path)
    #expect(engine.retiredRuns().map(\.run) == runs(1, 4))
    let answer = await engine.discard(runs(1, 2, 3))
    #expect(answer == DiscardedRuns(gone: runs(1, 2)))
    #expect(!exists("ended/orders.1") && exists("ended/orders.4") && exists("active/orders.3"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/dropped").isEmpty)
  }

  @Test func `what a killed call left half removed goes with the next one`() async throws {
    try make("dropped/orders.1-7-8")
    _ = await LocalEngine(runsDirectory: path).discard([])
    #expect(!exists("dropped/orders.1-7-8"))
  }

  @Test func `a folder that cannot be moved is told with its reason`() async throws {
    try make("ended/orders.1")
    try Data().write(to: URL(fileURLWithPath: path + "/dropped"))
    let answer = await LocalEngine(runsDirectory: path).discard(runs(1))
    #expect(answer.gone.isEmpty)
    #expect(answer.left.map(\.run) == runs(1))
    #expect(exists("ended/orders.1"))
  }
}
