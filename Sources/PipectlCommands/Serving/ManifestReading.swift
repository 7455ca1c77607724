import ControlLoop
import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel

/// What manifests that were loaded mean to a controller that follows them.
struct ManifestReading: Sendable {
  /// Empty for none.
  let environment: String
  let allowance: ConnectorAllowance
  let adopts: Bool

  func found(_ loaded: LoadedManifests, version: String) -> SourceNews.Found {
    let mistakes = loaded.diagnostics.filter { $0.severity == .error }.map(\.sentence)
    let pipelines = loaded.compilation.pipelines
    let refusals = pipelines.flatMap { pipeline in
      allowance.refused(of: pipeline.spec).map {
        "\(pipeline.name): \($0) may not be started here; --allow-connector says what may"
      }
    }
    let refused = mistakes + refusals
    guard refused.isEmpty else { return .rejected(refused, commit: version) }
    let wanted = DesiredState(
      pipelines: pipelines, sourceSets: loaded.sourceSets, adopts: adopts, zones: zoneTable(for: pipelines))
    return .manifests(wanted, environment: environment, commit: version, asking: loaded.consentPlaces)
  }
}

extension Diagnostic {
  /// `orders.yaml:4:3: PC0101: unknown field`.
  fileprivate var sentence: String {
    let place = primary.map { "\($0.file):\($0.start.line):\($0.start.column): " } ?? ""
    return "\(place)\(code): \(headline)"
  }
}
