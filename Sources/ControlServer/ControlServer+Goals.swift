import ControlAPI
import ControlLoop
import Foundation
import Hummingbird
import NIOCore
import PipelineModel
import StoreAPI

extension ControlServer {
  /// Pursues a goal, and tells meanwhile how it goes; a command that hangs up waits no longer.
  func answerGoal(_ request: Request) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/jsonl"],
      body: ResponseBody { writer in
        let abandonment = Abandonment()
        let outbox = Outbox()
        try await request.body.consumeWithInboundCloseHandler { body in
          let bytes = try await body.collect(upTo: ControlServer.largestGoal)
          await withTaskGroup(of: Void.self) { group in
            group.addTask {
              await pursue([UInt8](buffer: bytes), outbox, abandonment)
              outbox.finish()
            }
            for await line in outbox.lines {
              outbox.noteSent()
              // What is under way is finished, whether somebody listens or not.
              do { try await writer.write(ByteBuffer(bytes: line)) } catch { abandonment.note() }
            }
          }
        } onInboundClosed: {
          abandonment.note()
        }
        try await writer.finish(nil)
      })
  }

  private func pursue(_ bytes: [UInt8], _ outbox: Outbox, _ abandonment: Abandonment) async {
    do throws(ControlError) {
      let request: GoalRequest<LoopGoal> = try decoded(bytes)
      let result = try await result(of: request, outbox, abandonment)
      // A controller that is to end leaves the goal as it is: its result is not known.
      if !Task.isCancelled { outbox.send(.result(result)) }
    } catch {
      outbox.send(.refusal(error))
    }
  }

  private func result(
    of request: GoalRequest<LoopGoal>, _ outbox: Outbox, _ abandonment: Abandonment
  ) async throws(ControlError) -> LoopResult {
    let sets = await followedSets(of: request.goal)
    if !sets.isEmpty { return LoopResult(outcome: .followed(sets)) }
    let session = GoalSession(
      turns: turns.turns(for: request.caller, timeout: request.lockTimeout), observer: outbox,
      progress: { outbox.show($0) }, isAbandoned: { abandonment.isKnown })
    var goal = request.goal
    // Slots are the controller's own.
    goal.firesSlots = false
    goal.maxConcurrentRuns = maxConcurrentRuns
    return await controller(session).run(goal)
  }

  /// What a command of this version sent.
  func decoded<Content: Decodable>(_ bytes: [UInt8]) throws(ControlError) -> Content {
    let data = Data(bytes)
    guard let sender = try? JSONDecoder().decode(Sender.self, from: data) else {
      throw ControlError(.request, "only `pipectl` can ask this, and scripts do well to call that")
    }
    guard sender.version == version, sender.format == ControllerGreeting.currentFormat else {
      throw ControlError(
        .version,
        "the controller of this state folder is pipectl \(version), and the command is pipectl \(sender.version); nothing was done: restart the controller with that version"
      )
    }
    do {
      return try JSONDecoder().decode(Content.self, from: data)
    } catch {
      throw ControlError(.request, "what is asked cannot be read, and nothing was done: \(error)")
    }
  }

  /// Who asks, whatever is asked.
  private struct Sender: Decodable {
    var version: String
    var format: Int
  }

  /// The source sets that the controller applies by itself, as far as the goal wants to apply something of them (law 8).
  private func followedSets(of goal: LoopGoal) async -> [SourceSet] {
    let followed = await status.status().source?.sets ?? []
    guard !followed.isEmpty else { return [] }
    let owned = goal.desired.adopts ? owners(of: goal.desired.pipelines.map(\.name)) : []
    let wanted = goal.desired.sourceSets + goal.desired.pipelines.map(\.sourceSet) + owned
    return followed.filter { set in wanted.contains { set.contains($0) } }.sorted()
  }

  /// The source sets that own these pipelines; a store that cannot be read is told of by the loop.
  private func owners(of names: [PipelineName]) -> [SourceSet] {
    let stored = try? store.load(StoreQuery(pipelines: names))
    return stored?.pipelines.filter { !$0.isForgotten }.map(\.applied.sourceSet) ?? []
  }

  /// Ten thousand pipelines are a tenth of that.
  private static let largestGoal = 512 * 1024 * 1024
}
