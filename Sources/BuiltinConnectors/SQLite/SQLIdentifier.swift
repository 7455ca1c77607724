/// Names of tables and columns as SQL spells them.
enum SQLIdentifier {
  /// In quotation marks, those inside doubled (GRDB's own quoting leaves them as they are).
  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
