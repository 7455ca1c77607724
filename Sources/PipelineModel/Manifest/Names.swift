/// The name of a pipeline; unique in a workspace, and half of a request's key.
public struct PipelineName: TextIdentifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A request's id, chosen by the user; with the pipeline's name it is acted on at most once, ever.
public struct RequestID: TextIdentifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// The name of an engine; `local` is the embedded one.
public struct EngineName: TextIdentifier {
  public let text: String
  public init(_ text: String) { self.text = text }
  public static let local = EngineName("local")
}

/// The id of an operation, derived from what it does and to what: `start:orders.17`.
public struct OperationID: TextIdentifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// The version of an observation; compared, never parsed.
public struct Revision: TextIdentifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}
