import Diagnostics
import LocalEngine
import ManifestCompiler
import PipelineModel
import SingerProtocol

extension LiveWords {
  /// What a pipeline's choice of streams has against what its source offers.
  func ofStreams(_ pipeline: DesiredPipeline) -> [Diagnostic] {
    guard end.role == .source, let catalog = report.catalog, case .replication(let replication) = pipeline.spec.work
    else { return [] }
    let check = StreamCheck(catalog, replication.streams, mode: pipeline.spec.mode)
    return unlike(check.problems).map { words($0.problem, alike: $0.alike, replication.streams.rules) }
      + stateless(replication.streams.rules)
  }

  /// A pattern may run into the same mistake in hundreds of streams: it is said once.
  private func unlike(_ problems: [StreamCheck.Problem]) -> [(problem: StreamCheck.Problem, alike: Int)] {
    var order: [Likeness] = []
    var groups: [Likeness: [StreamCheck.Problem]] = [:]
    for problem in problems {
      let likeness = Likeness(rule: problem.rule, what: problem.kind.what)
      if groups[likeness] == nil { order.append(likeness) }
      groups[likeness, default: []].append(problem)
    }
    return order.compactMap { key in groups[key].flatMap { group in group.first.map { ($0, group.count - 1) } } }
  }

  private struct Likeness: Hashable {
    let rule: Int?
    let what: String
  }

  private func words(_ problem: StreamCheck.Problem, alike: Int, _ rules: [StreamRule]) -> Diagnostic {
    let place = StreamPlace(index: problem.rule, rules: rules)
    let notes = alike > 0 ? ["the same holds for \(counted(alike, "more stream"))"] : []
    switch problem.kind {
    case .selection(let problem): return words(problem, place, notes)
    case .keyNotOffered(let stream, let key, let offered):
      return diagnostic(
        .unusableKey, "`\(key)` cannot be the replication key of `\(stream)`", at: place.key, notes: notes,
        help: "the source offers " + listed(offered.map { "`\($0)`" }))
    case .noKeyProperties(let stream):
      return diagnostic(
        .keylessStream, "`\(stream)` has no key: rows that are read again arrive twice", at: place.name,
        notes: notes, help: "use `full-table` with a destination that replaces, or give the table a primary key",
        severity: .warning)
    case .nothingOffered:
      return diagnostic(
        .noSuchStream, "this source offers no stream at all", at: end.programPath, notes: notes,
        help: "look at what its user may see, and at settings that filter")
    }
  }

  private func words(_ problem: SelectionProblem, _ place: StreamPlace, _ notes: [String]) -> Diagnostic {
    switch problem {
    case .noStream(let pattern, let nearest):
      return diagnostic(
        .noSuchStream, "no stream of the source is called `\(pattern)`", at: place.name, notes: notes,
        help: hint(nearest) ?? streamList)
    case .noField(let stream, let pattern, let nearest):
      return diagnostic(
        .noSuchField, "no field of `\(stream)` is called `\(pattern)`", at: place.field(pattern), notes: notes,
        help: hint(nearest))
    case .keyIsNoField(let stream, let key, let nearest):
      return diagnostic(
        .noSuchField, "no field of `\(stream)` is called `\(key)`", at: place.key, notes: notes, help: hint(nearest))
    case .keyIsMissing(let stream, let suggestions):
      return diagnostic(
        .unusableKey, "`\(stream)` has no replication key", at: place.replication, notes: notes,
        help: suggestions.isEmpty
          ? "add `key`: a field that grows with every change"
          : "add `key`; the source offers " + listed(suggestions.map { "`\($0)`" }))
    case .unsupportedMethod(let stream, let wanted, let forced):
      return diagnostic(
        .unusableMethod, "the source does not read `\(stream)` \(wanted.word)", at: place.replication, notes: notes,
        help: "it allows only `\(forced.word)`")
    case .automaticField(let stream, let field):
      return diagnostic(
        .unusableField, "`\(field)` of `\(stream)` is always read", at: place.field(field), notes: notes,
        help: "remove `!\(field)`")
    case .unsupportedField(let stream, let field):
      return diagnostic(
        .unusableField, "the source cannot read `\(field)` of `\(stream)`", at: place.field(field), notes: notes,
        help: "remove it")
    }
  }

  /// Streams that are to go on from where they were, of a source that says that it cannot.
  private func stateless(_ rules: [StreamRule]) -> [Diagnostic] {
    guard report.about?.can("state") == false, end.connection.capabilities.state == nil else { return [] }
    return rules.enumerated().filter { $1.replication == .incremental }.map { index, _ in
      diagnostic(
        .incapableConnector, "the source keeps no state, so it cannot go on from where it was",
        at: "streams[\(index)].replication", notes: ["its `--about` does not list `state`"],
        help: "use `full-table`; where you know better, state `capabilities: {state: true}`")
    }
  }

  private var streamList: String? {
    report.catalog.map { "there are " + listed($0.streams.map { "`\($0.id)`" }.sorted()) }
  }
}

/// Where a rule's values stand in a pipeline.
private struct StreamPlace {
  let index: Int?
  let rules: [StreamRule]

  private var rule: String { index.map { "streams[\($0)]" } ?? "source" }

  var name: String { rule + ".name" }
  var replication: String { rule + ".replication" }
  var key: String { rule + ".key" }

  /// A pattern is named without the `!` before it.
  func field(_ pattern: String) -> String {
    let fields = index.flatMap { rules[$0].fields } ?? []
    return rule + (fields.firstIndex { $0 == pattern || $0 == "!" + pattern }.map { ".fields[\($0)]" } ?? ".fields")
  }
}

extension StreamCheck.Kind {
  /// The mistake without the stream that has it.
  fileprivate var what: String {
    switch self {
    case .selection(.noStream(let pattern, _)): "stream \(pattern)"
    case .selection(.noField(_, let pattern, _)): "field \(pattern)"
    case .selection(.automaticField(_, let field)), .selection(.unsupportedField(_, let field)): "use of \(field)"
    case .selection(.keyIsNoField(_, let key, _)): "key \(key)"
    case .selection(.keyIsMissing): "no key"
    case .selection(.unsupportedMethod): "method"
    case .keyNotOffered: "key not offered"
    case .noKeyProperties: "keyless"
    case .nothingOffered: "nothing"
    }
  }
}

extension SingerProtocol.ReplicationMethod {
  /// As manifests spell it.
  fileprivate var word: String {
    switch self {
    case .fullTable: "full-table"
    case .incremental: "incremental"
    case .logBased: "log-based"
    }
  }
}

extension PipelineModel.StreamSelection {
  fileprivate var rules: [StreamRule] {
    switch self {
    case .all: []
    case .only(let rules): rules
    }
  }
}
