import ControlAPI
import ControlLoop
import Foundation
import Hummingbird
import NIOCore
import PipelineModel
import StoreAPI

extension ControlServer {
  /// Lends a turn to a command, until that hangs up or is gone: meanwhile no goal and no round of the controller's own changes anything.
  func lendTurn(_ request: Request) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/jsonl"],
      body: ResponseBody { writer in
        let (end, ending) = AsyncStream<Void>.makeStream()
        try await request.body.consumeWithInboundCloseHandler { body in
          let bytes = [UInt8](buffer: try await body.collect(upTo: ControlServer.largestTurn))
          let (turn, message) = await turn(bytes)
          do {
            try await writer.write(ByteBuffer(string: try json(message) + "\n"))
            // A turn that was not granted is nothing to wait with.
            if turn != nil { for await _ in end {} }
          } catch {
            // Nobody is there to use it.
          }
          if let turn { await over(turn) }
        } onInboundClosed: {
          ending.finish()
        }
        try await writer.finish(nil)
      })
  }

  /// A turn that was granted.
  private struct Turn {
    let lock: any ControllerLock
    /// As they were before; absent where there was none.
    let states: [PipelineName: StateVersion?]
  }

  private func turn(_ bytes: [UInt8]) async -> (granted: Turn?, message: TurnMessage) {
    do throws(ControlError) {
      let request: TurnRequest = try decoded(bytes)
      let lock = turns.turns(for: request.caller, timeout: request.lockTimeout)
      switch await lock.acquire() {
      case .acquired: return (Turn(lock: lock, states: states(of: request.pipelines)), .granted)
      case .held(let holder): return (nil, .held(by: holder))
      case .failed(let error): return (nil, .refusal(ControlError(.unavailable, error.message)))
      }
    } catch {
      return (nil, .refusal(error))
    }
  }

  /// What was changed in a turn is made known like what the controller changes itself.
  private func over(_ turn: Turn) async {
    let states = states(of: turn.states.keys.sorted())
    let changed = states.filter { .some($0.value) != turn.states[$0.key] }.values.compactMap(\.self)
    telemetry.noteCommit(changed.sorted { $0.pipeline < $1.pipeline }.map { .appendState($0) })
    await turn.lock.release()
  }

  /// One that cannot be read is told of by whoever needs it.
  private func states(of pipelines: [PipelineName]) -> [PipelineName: StateVersion?] {
    Dictionary(uniqueKeysWithValues: Set(pipelines).map { ($0, try? store.latestState(of: $0)) })
  }

  private static let largestTurn = 64 * 1024
}
