/// A text that must not be seen, such as a password within a call. It has no textual form: printing or reflecting it gives `***`.
public struct HiddenText: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let text: String

  public init(_ text: String) {
    self.text = text
  }

  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
