/// A manifest file that was not read yet: its name, and what tells one content from another.
struct ManifestVersion: Hashable, Sendable {
  let name: String
  let version: String
}
