public import PipelineModel
public import SingerProtocol

/// A pipeline's choice of streams, held against what its tap offers.
public struct StreamCheck: Hashable, Sendable {
  /// How many streams a run would read.
  public let selected: Int
  public let problems: [Problem]

  public struct Problem: Hashable, Sendable {
    /// The rule's place in the manifest's list; nil where all streams are taken.
    public let rule: Int?
    public let kind: Kind
  }

  public enum Kind: Hashable, Sendable {
    /// A run would be refused.
    case selection(SelectionProblem)
    case keyNotOffered(stream: String, key: String, offered: [String])
    /// Rows that come again cannot be told from new ones.
    case noKeyProperties(stream: String)
    case nothingOffered
  }

  public init(_ catalog: Catalog, _ selection: PipelineModel.StreamSelection, mode: RunMode) {
    let result = select(catalog, StreamChoice.rules(selection, mode))
    selected = result.streams.count
    guard !catalog.streams.isEmpty else {
      problems = [Problem(rule: nil, kind: .nothingOffered)]
      return
    }
    let refused = result.ruleProblems.filter { !StreamChoice.isHarmless($0.problem, mode) }
      .map { Problem(rule: $0.rule, kind: .selection($0.problem)) }
    let offered = Dictionary(catalog.streams.map { ($0.id, $0) }) { first, _ in first }
    problems = refused + result.streams.flatMap { Self.problems(of: $0, offered[$0.id]) }
  }

  /// Only of streams that the manifest speaks of.
  private static func problems(of stream: SelectedStream, _ offered: CatalogStream?) -> [Problem] {
    guard let offered, let rule = stream.rule, stream.method == .incremental else { return [] }
    var problems: [Problem] = []
    if let key = stream.key, !offered.offeredKeys.isEmpty, !offered.offeredKeys.contains(key) {
      let kind = Kind.keyNotOffered(stream: stream.id, key: key, offered: offered.offeredKeys)
      problems.append(Problem(rule: rule, kind: kind))
    }
    if offered.keyProperties.isEmpty {
      problems.append(Problem(rule: rule, kind: .noKeyProperties(stream: stream.id)))
    }
    return problems
  }
}
