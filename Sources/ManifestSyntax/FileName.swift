/// The name of a file, shared by all places in it.
final class FileName: Hashable, Sendable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: FileName, right: FileName) -> Bool {
    left === right || left.text == right.text
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
