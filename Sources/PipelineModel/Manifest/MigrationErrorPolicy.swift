/// What a record that cannot be written does to its migration.
public enum MigrationErrorPolicy: String, Hashable, Codable, Sendable, CaseIterable {
  case fail
  case warn
  case skip
}
