public import PipelineModel

/// A service's documented behaviour, bad habits included.
public protocol ContractDialect: Sendable {
  /// What the service's clock shows; every answer carries it.
  func now() -> Timestamp

  /// Does what is asked for, at once, and answers.
  func answer(_ request: ServedRequest) -> ServedAnswer

  /// What was asked for that the service's documents do not allow; a test that leads to any has failed.
  var violations: [String] { get }
}
