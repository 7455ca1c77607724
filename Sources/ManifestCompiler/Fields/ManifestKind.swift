/// The kinds of manifest.
public enum ManifestKind: String, CaseIterable, Sendable, Comparable {
  case pipeline = "Pipeline"
  case source = "Source"
  case destination = "Destination"
  case engine = "Engine"
  case environment = "Environment"

  static let apiVersion = "pipectl.dev/v1"

  var doc: String {
    switch self {
    case .pipeline: "What is replicated from where to where, when, and which job is asked for: the unit that runs."
    case .source: "Where data comes from: a connector and its settings, for any number of pipelines."
    case .destination: "Where data goes: a connector and its settings, for any number of pipelines."
    case .engine: "What executes the jobs of pipelines; without one, they run on this machine."
    case .environment: "Variables and patches that are chosen with `--env NAME`."
    }
  }

  var spec: FieldSet {
    switch self {
    case .pipeline: PipelineFields.set
    case .source: ConnectionFields.source
    case .destination: ConnectionFields.destination
    case .engine: EngineFields.set
    case .environment: EnvironmentFields.set
    }
  }

  /// The whole manifest.
  var document: FieldSet { manifest.set }

  var manifest: DocumentFields {
    switch self {
    case .pipeline: .pipeline
    case .source: .source
    case .destination: .destination
    case .engine: .engine
    case .environment: .environment
    }
  }

  public static func < (left: ManifestKind, right: ManifestKind) -> Bool { left.rawValue < right.rawValue }
}
