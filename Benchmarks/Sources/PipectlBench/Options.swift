import Foundation

/// What `PipectlBench` is called with.
struct Options {
  var pipectl = ""
  var scale = Workbench.Scale.full
  /// Groups of figures; empty for all.
  var only: Set<String> = []
  /// The root of the repository, whose pages get the table.
  var record: String?

  static let usage = """
    usage: PipectlBench --pipectl PROGRAM [--scale full|tiny] [--only GROUP]... [--record REPOSITORY]
    groups: \(BenchGroup.allCases.map(\.rawValue).joined(separator: ", "))
    """

  init(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchError(Self.usage) }
      switch option {
      case "--pipectl": pipectl = URL(fileURLWithPath: value).path
      case "--scale":
        guard let known = Workbench.Scale(rawValue: value) else { throw BenchError(Self.usage) }
        scale = known
      case "--only" where BenchGroup(rawValue: value) != nil: only.insert(value)
      case "--record": record = URL(fileURLWithPath: value).path
      case _: throw BenchError(Self.usage)
      }
    }
    if pipectl.isEmpty { throw BenchError(Self.usage) }
  }
}
