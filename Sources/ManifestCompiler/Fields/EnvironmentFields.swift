/// The spec of `kind: Environment`.
enum EnvironmentFields {
  static let variables = Field<[CheckedEntry]>.table(
    "variables", "What `${name}` stands for in the texts of the other manifests.", keys: .environmentVariable,
    of: .variable, examples: ["{db_host: db.internal, db_port: 5432}"])
  static let patches = Field<[Checked]>.list(
    "patches", "Changes to other manifests, in their order.", of: .object(PatchFields.set),
    examples: ["[{target: {kind: Pipeline, name: \"orders*\"}, spec: {paused: true}}]"])

  static let set = FieldSet("EnvironmentSpec", [variables, patches])
}

/// A change to other manifests.
enum PatchFields {
  static let target = Field<CheckedObject>.object(
    "target", "Which manifests it changes.", TargetFields.set, .required,
    examples: ["{kind: Pipeline, name: \"orders*\"}"])
  static let spec = Field<CheckedValue>.patch(
    "spec", "What it changes: mappings are merged key by key, null removes a key, all else is replaced.",
    examples: ["{paused: true}"])

  static let set = FieldSet("Patch", [target, spec])
}

/// The manifests that a patch changes.
enum TargetFields {
  static let kind = Field<Kind>.choice("kind", "Their kind.", .required) { $0.manifest.doc }
  static let name = Field<String>.text(
    "name", "Their name, or a glob with `*` and `?`.", .nameGlob, .required, examples: ["orders*"])

  static let set = FieldSet("PatchTarget", [kind, name])

  /// The kinds that can be patched.
  enum Kind: String, CaseIterable, Sendable {
    case pipeline = "Pipeline"
    case source = "Source"
    case destination = "Destination"
    case engine = "Engine"

    var manifest: ManifestKind {
      switch self {
      case .pipeline: .pipeline
      case .source: .source
      case .destination: .destination
      case .engine: .engine
      }
    }
  }
}
