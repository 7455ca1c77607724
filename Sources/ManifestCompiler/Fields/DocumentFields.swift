/// The four keys of a kind of manifest.
struct DocumentFields {
  let spec: Field<CheckedObject>
  let set: FieldSet

  static let metadata = Field<CheckedObject>.object(
    "metadata", "What the manifest is called.", MetadataFields.set, .required)

  static let pipeline = DocumentFields(of: .pipeline)
  static let source = DocumentFields(of: .source)
  static let destination = DocumentFields(of: .destination)
  static let engine = DocumentFields(of: .engine)
  static let environment = DocumentFields(of: .environment)

  private init(of kind: ManifestKind) {
    spec = .object("spec", kind.doc, kind.spec, .required)
    set = FieldSet(kind.rawValue, [Self.apiVersion, Self.kind(kind), Self.metadata, spec])
  }

  private static let apiVersion = Field<CheckedValue>.either(
    "apiVersion", "The version of the manifest language.",
    [.choice([.init(word: ManifestKind.apiVersion, doc: "The only version so far.")])], .required)

  private static func kind(_ kind: ManifestKind) -> Field<CheckedValue> {
    .either("kind", "What the manifest describes.", [.choice([.init(word: kind.rawValue, doc: kind.doc)])], .required)
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
