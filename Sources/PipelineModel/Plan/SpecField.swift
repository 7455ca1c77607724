/// One field of a compiled pipeline, worded as a manifest words it.
public struct SpecField: Hashable, Codable, Sendable {
  /// Where it stands in the manifest: `spec.schedule.cron`, `spec.source.config.password`.
  public var path: String
  /// The value as YAML on one line; a secret shows as its reference.
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// Every field that a pipeline has, defaults included, sorted by path.
///
/// What a manifest left unmanaged or absent has no field. A literal under a key like `password` is shown as
/// `(literal, hidden)`.
public func fields(of pipeline: DesiredPipeline) -> [SpecField] {
  SpecFieldList(of: pipeline).sorted.map { SpecField(path: $0.path, text: $0.shown.text) }
}

/// The fields that differ, sorted by path; absent means that there is no pipeline on that side.
///
/// A hidden literal that changed says so without showing either value.
public func fieldChanges(from old: DesiredPipeline?, to new: DesiredPipeline?) -> [FieldChange] {
  var before = (old.map { SpecFieldList(of: $0).sorted } ?? [])[...]
  var after = (new.map { SpecFieldList(of: $0).sorted } ?? [])[...]
  var changes: [FieldChange] = []
  while let path = [before.first?.path, after.first?.path].compactMap(\.self).min() {
    let was = before.first?.path == path ? before.removeFirst().shown : nil
    let now = after.first?.path == path ? after.removeFirst().shown : nil
    guard was != now else { continue }
    let text = was?.text == now?.text ? now.map { "\($0.text), another one" } : now?.text
    changes.append(FieldChange(path: path, before: was?.text, after: text))
  }
  return changes
}
