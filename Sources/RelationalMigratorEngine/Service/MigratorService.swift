internal import EngineHTTP
internal import Foundation
internal import PipelineModel

/// Relational Migrator's REST API: one function a call.
struct MigratorService: Sendable {
  let calls: TimedCaller

  /// By the instance's clock.
  func now() -> Timestamp { calls.now() }

  /// By our own.
  func ownNow() -> Timestamp { calls.ownNow() }

  /// The newest, newest first; there are no pages. The order is not relied upon.
  func jobs() async throws(CallFailure) -> [MigratorJob] {
    let list: RowList<MigratorJob> = try await calls.read(
      .get(Self.jobs, query: [.init("sort", "submittedAt,DESC"), .init("limit", String(Self.listed))]))
    // One that cannot be read is asked for by its id where it concerns a run.
    return list.rows
  }

  /// Every job with what it was made of.
  func jobDefinitions() async throws(CallFailure) -> RowList<MigratorJobDefinition> {
    try await calls.read(.get(Self.jobs, query: [.init("sort", "submittedAt,DESC")]))
  }

  func projects() async throws(CallFailure) -> RowList<MigratorProject> {
    try await calls.read(.get(["api", "v1", "project"]))
  }

  /// How many jobs the list shows at most.
  static let listed = 100

  /// Nil where the instance does not know it: some releases answer then with 200 and nothing.
  func job(_ id: String) async throws(CallFailure) -> MigratorJob? {
    do throws(CallFailure) {
      let job: MigratorJob = try await calls.read(.get(Self.jobs + [id]))
      return job
    } catch {
      if error.answer?.status == 404 || error.answer?.status == 200 && error.answer?.body.isEmpty == true { return nil }
      throw error
    }
  }

  /// Makes a job and starts it. A second call makes another one, which writes everything once more. The instance tries both connections
  /// before it answers, so it is given time.
  ///
  /// - Parameter hidden: what of the request must not be seen.
  func create(_ request: MigratorJobRequest, hiding hidden: [HiddenText]) async throws(CallFailure) -> MigratorJob {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(request) else {
      throw CallFailure(.refused, "the job of project `\(request.projectId)` cannot be written as JSON")
    }
    return try await calls.read(
      HTTPCall(
        .post, Self.jobs, body: String(decoding: body, as: UTF8.self), hidden: hidden, repetition: .harmful,
        timeout: TimeSpan(seconds: 120)))
  }

  /// Ends a job, in the way that its stage has. It names the job, but what it means depends on when it arrives: it is sent again by nobody
  /// who has not looked.
  func stop(_ id: String) async throws(CallFailure) -> MigratorJob {
    try await calls.read(HTTPCall(.post, Self.jobs + [id, "stop"], repetition: .onlyAfterALook))
  }

  private static let jobs = ["api", "v1", "jobs"]
}

extension CallFailure {
  /// Whether the instance says that it runs a job already: by its own code until the middle of 2026, by the standard one since.
  var isConflict: Bool { answer?.status == 470 || answer?.status == 409 }

  /// Whether the instance itself has answered, and is done with the call: no proxy gave up waiting for it.
  var isFromInstance: Bool {
    guard kind == .failing, let answer, answer.status == 500 else { return false }
    return (try? JSONDecoder().decode(MigratorTrouble.self, from: Data(answer.body))) != nil
  }
}

/// An error of Relational Migrator's. Its words may repeat what was sent, so they are read only where secrets are taken out of them.
private struct MigratorTrouble: Decodable {
  var message: String
  var timestamp: String
}
