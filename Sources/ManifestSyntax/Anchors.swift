/// The anchors of one document, and how much each of them stands for.
struct Anchors {
  enum State {
    /// Its value is being read.
    case open
    case closed(Value)
  }

  struct Value {
    let node: SyntaxNode
    /// In bytes of text plus 16 for each node, aliases expanded.
    let weight: Int
    /// Levels of collections, aliases expanded; zero for a scalar.
    let height: Int
  }

  private var states: [String: State] = [:]
  /// What the document has come to so far, aliases expanded.
  private(set) var weight = 0
  /// The deepest level since the innermost open anchor began.
  private(set) var deepest = 0

  subscript(name: String) -> State? { states[name] }

  /// In the order of the alphabet.
  var names: [String] { states.keys.sorted() }

  mutating func measure(text: Int, depth: Int) {
    weight += 16 + text
    deepest = max(deepest, depth)
  }

  /// Counts what an alias repeats.
  mutating func repeated(_ value: Value, depth: Int) {
    weight += value.weight
    deepest = max(deepest, depth + value.height - 1)
  }

  /// A scalar, just measured.
  mutating func define(_ name: String, as scalar: SyntaxNode) {
    guard case .string(let text, _) = scalar.content else {
      states[name] = .closed(Value(node: scalar, weight: 16, height: 0))
      return
    }
    states[name] = .closed(Value(node: scalar, weight: 16 + text.utf8.count, height: 0))
  }

  struct Opening {
    let name: String
    let weight: Int
    let deepest: Int
  }

  mutating func open(_ name: String) -> Opening {
    let opening = Opening(name: name, weight: weight, deepest: deepest)
    states[name] = .open
    deepest = 0
    return opening
  }

  mutating func close(_ opening: Opening, node: SyntaxNode, depth: Int) {
    let height = max(deepest - depth + 1, 1)
    states[opening.name] = .closed(Value(node: node, weight: weight - opening.weight, height: height))
    deepest = max(deepest, opening.deepest)
  }
}
