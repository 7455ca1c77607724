import LocalEngine
import PipelineModel
import SingerProtocol

/// A pipeline as it was looked at, for people.
struct LiveText {
  let pipeline: DesiredPipeline
  let reports: [LiveEnd: ProbeReport]

  var text: String {
    let ends = LiveEnd.both(of: pipeline).map { end in
      "  \(end.key)\(end.role == .source ? "     " : "")  \(title(end)): \(sentence(end))"
    }
    guard !ends.isEmpty else {
      return "\(pipeline.name)\n  \(reason)"
    }
    return ([pipeline.name.text] + ends).joined(separator: "\n")
  }

  /// Why there is nothing to look at.
  private var reason: String {
    if let command = pipeline.spec.work.commandJob {
      return "a command, `\(command.argv[0])`: only a run can tell what it does"
    }
    return "held by the engine `\(pipeline.spec.engine.name)`: there is nothing to look at here"
  }

  private func title(_ end: LiveEnd) -> String {
    guard let report = reports[end], let version = report.about?.version else { return end.title }
    return "\(end.title) \(report.scrub(version))"
  }

  private func sentence(_ end: LiveEnd) -> String {
    guard let report = reports[end] else { return "not looked at" }
    if report.catalog != nil { return offer(report) }
    let mistakes = report.findings.filter(\.isError)
    if mistakes.contains(where: \.isAboutDiscovery) { return "could not tell what it offers" }
    if !mistakes.isEmpty { return "not asked further, for \(counted(mistakes.count, "mistake"))" }
    switch end.role {
    case .source: return offer(report)
    case .destination: return readiness(report)
    }
  }

  private func offer(_ report: ProbeReport) -> String {
    guard let catalog = report.catalog, case .replication(let replication) = pipeline.spec.work else {
      return "starts; it cannot tell what it offers"
    }
    let check = StreamCheck(catalog, replication.streams, mode: pipeline.spec.mode)
    return "offers \(counted(catalog.streams.count, "stream")), \(check.selected) chosen"
  }

  /// Singer has no way to try a target without a run.
  private func readiness(_ report: ProbeReport) -> String {
    if report.isBuiltin { return "part of pipectl; its settings are sound, and the rest shows in a run" }
    if report.about != nil { return "starts, and knows its settings; whether they are right shows in a run" }
    let isMute = report.findings.contains { if case .answersNothing = $0 { true } else { false } }
    return (isMute ? "may start" : "starts") + "; its settings cannot be checked without a run"
  }
}

extension ProbeFinding {
  /// Whether a run would fail of it.
  var isError: Bool {
    switch self {
    case .secretUnresolved, .programMissing, .doesNotStart, .catalogOption, .discoveryFailed, .machine: true
    case .setting(let problem): !problem.isHarmless
    case .answersNothing: false
    }
  }

  fileprivate var isAboutDiscovery: Bool {
    if case .discoveryFailed = self { true } else { false }
  }
}
