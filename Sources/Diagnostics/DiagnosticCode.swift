/// The stable name of a kind of mistake, such as `PC0107`.
///
/// PC00xx: bytes and YAML syntax. PC01xx: values and schedules. PC02xx: structure (keys, kinds, names). PC03xx: references and
/// environments. PC04xx: what an engine cannot do. PC05xx: files and sources. PC06xx: refused at plan time. PC07xx: found by looking at
/// connectors.
public struct DiagnosticCode: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) {
    self.text = text
  }

  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.text < right.text
  }
}
