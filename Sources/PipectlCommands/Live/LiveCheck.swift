import Diagnostics
import LocalEngine
import ManifestCompiler
import PipelineModel

/// Looks at the connectors of compiled pipelines, and holds the pipelines against what is found.
struct LiveCheck: Sendable {
  private let pipelines: [DesiredPipeline]
  private let origins: [PipelineName: Origins]
  private let probe: ConnectorProbe

  /// Connectors that are looked at beside each other.
  private static let width = 4

  /// - Parameter stateFolder: only to find packages in it.
  init(_ compilation: Compilation, timeout: TimeSpan, stateFolder: String) {
    pipelines = compilation.pipelines
    origins = compilation.origins
    probe = ConnectorProbe(timeout: timeout, connectorsFolder: Workspace.connectorsFolder(of: stateFolder)) {
      Interruption.signalNumber != nil
    }
  }

  func run() async -> LiveReport {
    probe.removeRemains()
    let reports = await look(at: ends)
    var diagnostics: [Diagnostic] = []
    var said: Set<LiveEnd> = []
    for pipeline in pipelines {
      for end in LiveEnd.both(of: pipeline) {
        guard let report = reports[end] else { continue }
        let words = LiveWords(end: end, report: report, origins: origins[pipeline.name])
        if said.insert(end).inserted { diagnostics += words.ofFindings }
        diagnostics += words.ofStreams(pipeline)
      }
    }
    let text = pipelines.map { LiveText(pipeline: $0, reports: reports).text }.joined(separator: "\n\n")
    return LiveReport(diagnostics: diagnostics, text: text, signal: Interruption.signalNumber)
  }

  /// In the order of the pipelines, each once, however many pipelines have it.
  private var ends: [LiveEnd] {
    var seen: Set<LiveEnd> = []
    return pipelines.flatMap { LiveEnd.both(of: $0) }.filter { seen.insert($0).inserted }
  }

  private func look(at ends: [LiveEnd]) async -> [LiveEnd: ProbeReport] {
    await withTaskGroup(of: (LiveEnd, ProbeReport).self) { group in
      var waiting = ends[...]
      var reports: [LiveEnd: ProbeReport] = [:]
      func begin(_ end: LiveEnd) { group.addTask { (end, await probe.look(at: end.connection, as: end.role)) } }
      for _ in 0..<Self.width { waiting.popFirst().map(begin) }
      while let (end, report) = await group.next() {
        reports[end] = report
        if Interruption.signalNumber == nil { waiting.popFirst().map(begin) }
      }
      return reports
    }
  }
}
