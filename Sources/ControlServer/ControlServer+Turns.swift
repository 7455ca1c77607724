import ControlAPI
import ControlLoop
import Foundation
import Hummingbird
import NIOCore
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
          let (lock, message) = await turn(bytes)
          do {
            try await writer.write(ByteBuffer(string: try json(message) + "\n"))
            // A turn that was not granted is nothing to wait with.
            if lock != nil { for await _ in end {} }
          } catch {
            // Nobody is there to use it.
          }
          await lock?.release()
        } onInboundClosed: {
          ending.finish()
        }
        try await writer.finish(nil)
      })
  }

  private func turn(_ bytes: [UInt8]) async -> (held: (any ControllerLock)?, message: TurnMessage) {
    do throws(ControlError) {
      let request: TurnRequest = try decoded(bytes)
      let lock = turns.turns(for: request.caller, timeout: request.lockTimeout)
      switch await lock.acquire() {
      case .acquired: return (lock, .granted)
      case .held(let holder): return (nil, .held(by: holder))
      case .failed(let error): return (nil, .refusal(ControlError(.unavailable, error.message)))
      }
    } catch {
      return (nil, .refusal(error))
    }
  }

  private static let largestTurn = 64 * 1024
}
