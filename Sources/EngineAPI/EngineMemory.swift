public import PipelineModel

/// What an engine keeps in the state folder: small documents, each changed by one process at a time.
public protocol EngineMemory: Sendable {
  /// Sorted by key.
  func documents(of engine: EngineName) throws(EngineError) -> [EngineDocument]

  /// Puts what `change` makes of a document in its place, durably; nil stands for none.
  func change(
    _ key: String, of engine: EngineName, by change: (_ text: String?) -> String?
  ) throws(EngineError)
}

/// One of them; what it holds is its engine's affair.
public struct EngineDocument: Hashable, Sendable {
  public var key: String
  public var text: String

  public init(key: String, text: String) {
    self.key = key
    self.text = text
  }
}
