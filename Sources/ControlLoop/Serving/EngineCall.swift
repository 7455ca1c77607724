import EngineAPI
import PipelineModel

/// One call of an engine, as a value.
enum EngineCall: Hashable, Sendable {
  case look(at: [PipelineRecord])
  case write(SettingsOrder)
  case start(StartOrder, StartBasis)
  case stop(StopOrder)
  case retire(RunID)
  case discard([RunID])

  enum Outcome: Sendable {
    case looked(EngineLook)
    case done
    case failed(EngineError)
    case discarded(DiscardedRuns)
  }

  /// Whether a look from before may miss what it did.
  var changesEngine: Bool {
    switch self {
    case .write, .start, .stop: true
    case .look, .retire, .discard: false
    }
  }

  func made(of engine: any Engine) async -> Outcome {
    do throws(EngineError) {
      switch self {
      case .look(let pipelines): return .looked(await engine.look(at: pipelines))
      case .write(let order): try await engine.write(order)
      case .start(let order, let basis): try await engine.start(order, from: basis)
      case .stop(let order): try await engine.stop(order)
      case .retire(let run): try await engine.retire(run)
      case .discard(let runs): return .discarded(await engine.discard(runs))
      }
      return .done
    } catch {
      return .failed(error)
    }
  }
}
