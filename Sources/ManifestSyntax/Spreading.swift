/// A way to do the same to many values: one after the other, or several at a time. The results are in the order of the inputs.
///
/// The core has no threads of its own; whoever calls it may lend it some, as it is given the time.
public protocol Spreading: Sendable {
  /// Lets go of each input as soon as there is its result.
  func map<Input: Sendable, Output: Sendable>(
    _ inputs: consuming [Input], _ transform: @Sendable (Input) -> Output
  ) -> [Output]
}

/// One after the other.
public struct InTurn: Spreading {
  public init() {}

  public func map<Input: Sendable, Output: Sendable>(
    _ inputs: consuming [Input], _ transform: @Sendable (Input) -> Output
  ) -> [Output] {
    inputs.map(transform)
  }
}
