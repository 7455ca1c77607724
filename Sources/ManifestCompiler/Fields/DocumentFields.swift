/// The four keys of every manifest.
enum DocumentFields {
  static let metadata = Field<CheckedObject>.object(
    "metadata", "What the manifest is called.", MetadataFields.set, .required)

  static func spec(of kind: ManifestKind) -> Field<CheckedObject> {
    .object("spec", kind.doc, kind.spec, .required)
  }

  private static let apiVersion = Field<CheckedValue>.either(
    "apiVersion", "The version of the manifest language.",
    [.choice([.init(word: ManifestKind.apiVersion, doc: "The only version so far.")])], .required)

  private static func kind(_ kind: ManifestKind) -> Field<CheckedValue> {
    .either("kind", "What the manifest describes.", [.choice([.init(word: kind.rawValue, doc: kind.doc)])], .required)
  }

  static func set(for kind: ManifestKind) -> FieldSet {
    FieldSet(kind.rawValue, [apiVersion, Self.kind(kind), metadata, spec(of: kind)])
  }
}

/// What a manifest is called.
enum MetadataFields {
  static let name = Field<String>.text(
    "name", "The name, unique among the manifests of its kind.", .name, .required, examples: ["orders"])
  static let labels = Field<[CheckedEntry]>.table(
    "labels", "Words to choose manifests by.", keys: .any, of: .text(.free), examples: ["{team: growth}"])
  static let isProtected = Field<Bool>.boolean(
    "protected", "Whether prune and delete leave the object alone.", .defaulted(false), examples: ["true"])

  static let set = FieldSet("Metadata", [name, labels, isProtected])
}
