/// The id of a run: `orders.17` is the seventeenth run of `orders` in its state folder.
///
/// A pipeline's name holds no dot, so the id is unambiguous; it is a valid name for a Kubernetes object too.
public struct RunID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let pipeline: PipelineName
  /// One-based, never used twice.
  public let number: Int

  public init(pipeline: PipelineName, number: Int) {
    self.pipeline = pipeline
    self.number = number
  }

  public init?(_ text: String) {
    guard let dot = text.lastIndex(of: "."), let number = Int(text[text.index(after: dot)...]), number > 0 else {
      return nil
    }
    self.init(pipeline: PipelineName(String(text[..<dot])), number: number)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = RunID(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is not a run id")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public var description: String { "\(pipeline).\(number)" }

  public static func < (left: RunID, right: RunID) -> Bool {
    left.pipeline == right.pipeline ? left.number < right.number : left.pipeline < right.pipeline
  }
}
