import Dispatch
import ManifestSyntax
import Synchronization

/// Spreads work over the machine's cores.
struct OverCores: Spreading {
  func map<Input: Sendable, Output: Sendable>(
    _ inputs: consuming [Input], _ transform: @Sendable (Input) -> Output
  ) -> [Output] {
    guard inputs.count > 1 else { return inputs.map(transform) }
    let count = inputs.count
    let waiting = Mutex<[Input?]>(inputs)
    inputs = []
    let done = Mutex<[Output?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      guard let input = waiting.withLock({ $0[number].take() }) else { return }
      let output = transform(input)
      done.withLock { $0[number] = output }
    }
    return done.withLock { $0.compactMap { $0 } }
  }
}
