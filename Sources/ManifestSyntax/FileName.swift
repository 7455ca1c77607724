import Synchronization

/// The name of a file as a number, so that the places of a tree are plain values: to copy one counts no owners.
///
/// A name keeps its number until the process ends, and is kept once however often its file is read.
struct FileName: Hashable, Sendable {
  private let number: UInt32

  init(_ text: String) {
    number = Self.names.withLock { $0.number(of: text) }
  }

  var text: String { Self.names.withLock { $0.texts[Int(number)] } }

  private struct Names {
    var texts: [String] = []
    private var numbers: [String: UInt32] = [:]

    mutating func number(of text: String) -> UInt32 {
      if let known = numbers[text] { return known }
      let number = UInt32(texts.count)
      numbers[text] = number
      texts.append(text)
      return number
    }
  }

  private static let names = Mutex(Names())
}
