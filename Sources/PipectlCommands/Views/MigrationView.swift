import PipelineModel

/// A migration as a manifest writes it, secrets as references.
struct MigrationView: Encodable, Hashable {
  var project: String
  var source: [String: SettingView]
  var destination: [String: SettingView]
  /// Absent: every table is migrated whole.
  var filters: [FilterView]?
  var onError: String
  var errorTolerance: Int?
  var verify: Bool

  struct FilterView: Encodable, Hashable {
    var schema: String
    var table: String
    var `where`: String?
    var rows: Int64?
  }

  init(_ job: Migration) {
    project = manifestText(job.project)
    source = SettingView.table(job.source.settings) ?? [:]
    destination = SettingView.table([ConfigEntry("connectionString", .secret(job.destination))]) ?? [:]
    filters = job.filters.isEmpty ? nil : job.filters.map(FilterView.init)
    onError = job.onError.rawValue
    errorTolerance = job.errorTolerance
    verify = job.verifies
  }

  /// For a person.
  var facts: [(label: String, value: String?)] {
    [
      ("Project", project), ("Source", sentence(source)), ("Destination", sentence(destination)),
      ("Filters", filters.map { listed($0.map(\.sentence)) }),
      ("Errors", onError + (errorTolerance.map { ", at most \($0)" } ?? "")), ("Verified", verify ? "yes" : "no"),
    ]
  }

  private func sentence(_ settings: [String: SettingView]) -> String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\(settingText($0.value.value))" }.joined(separator: " ")
  }
}

extension MigrationView.FilterView {
  init(_ filter: TableFilter) {
    self.init(
      schema: manifestText(filter.schema), table: manifestText(filter.table),
      where: filter.condition.map(manifestText), rows: filter.rows)
  }

  fileprivate var sentence: String {
    "\(schema).\(table)" + (self.where.map { " where \($0)" } ?? "") + (rows.map { ", at most \($0) rows" } ?? "")
  }
}
