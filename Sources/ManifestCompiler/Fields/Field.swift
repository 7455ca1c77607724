import ManifestSyntax
import PipelineModel

/// A field of any type.
protocol DescribedField: Sendable {
  var description: FieldDescription { get }
  /// The description's identity, by which a field is looked up.
  var identity: ObjectIdentifier { get }
}

/// A described field that knows the type its checked value is read as.
struct Field<Value: Sendable>: DescribedField {
  let description: FieldDescription
  let identity: ObjectIdentifier
  let read: @Sendable (CheckedValue) -> Value?

  var key: String { description.key }
}

extension Field {
  fileprivate init(
    _ key: String, _ doc: String, _ shape: FieldShape, _ presence: FieldDescription.Presence,
    _ applies: FieldCondition, _ examples: [String], nullMeans: String? = nil,
    read: @escaping @Sendable (CheckedValue) -> Value?
  ) {
    description = FieldDescription(
      key: key, doc: doc, shape: shape, presence: presence, nullMeans: nullMeans, applies: applies, examples: examples)
    identity = ObjectIdentifier(description)
    self.read = read
  }
}

extension FieldDescription.Presence {
  static let optional = Self.optional(nil)

  static func defaulted(_ text: String) -> Self { .defaulted(.string(text, style: .quoted)) }
  static func defaulted(_ flag: Bool) -> Self { .defaulted(.bool(flag)) }
  static func defaulted(_ number: Int64) -> Self { .defaulted(.int(number)) }
  /// A mapping of which every key has its default.
  static let defaultedFields = Self.defaulted(.mapping([]))
}

extension Field where Value == String {
  static func text(
    _ key: String, _ doc: String, _ rule: TextRule = .any, _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, examples: [String] = []
  ) -> Self {
    Self(key, doc, .text(rule), presence, applies, examples) { $0.text }
  }

  static func timeZone(
    _ key: String, _ doc: String, _ presence: FieldDescription.Presence, applies: FieldCondition, examples: [String]
  ) -> Self {
    Self(key, doc, .timeZone, presence, applies, examples) { $0.text }
  }
}

extension Field where Value == Bool {
  static func boolean(
    _ key: String, _ doc: String, _ presence: FieldDescription.Presence, applies: FieldCondition = .always,
    examples: [String] = []
  ) -> Self {
    Self(key, doc, .boolean, presence, applies, examples) { $0.bool }
  }
}

extension Field where Value == Int {
  static func integer(
    _ key: String, _ doc: String, _ bounds: ClosedRange<Int64>, _ presence: FieldDescription.Presence,
    applies: FieldCondition = .always, examples: [String] = []
  ) -> Self {
    Self(key, doc, .integer(bounds), presence, applies, examples) { $0.integer.map { Int($0) } }
  }
}

extension Field where Value == TimeSpan {
  static func duration(
    _ key: String, _ doc: String, atLeast least: TimeSpan, _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, examples: [String]
  ) -> Self {
    Self(key, doc, .duration(atLeast: least), presence, applies, examples) { $0.duration }
  }
}

extension Field where Value == Timestamp {
  static func instant(
    _ key: String, _ doc: String, _ presence: FieldDescription.Presence, applies: FieldCondition = .always,
    examples: [String]
  ) -> Self {
    Self(key, doc, .instant, presence, applies, examples) { $0.instant }
  }
}

extension Field where Value == CronExpression {
  static func cron(_ key: String, _ doc: String, examples: [String]) -> Self {
    Self(key, doc, .cron, .optional, .always, examples) { $0.cron }
  }
}

extension Field where Value: RawRepresentable<String> & CaseIterable {
  static func choice(
    _ key: String, _ doc: String, _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, words: (Value) -> String
  ) -> Self {
    let choices = Value.allCases.map { FieldShape.Choice(word: $0.rawValue, doc: words($0)) }
    return Self(key, doc, .choice(choices), presence, applies, []) { $0.text.flatMap(Value.init(rawValue:)) }
  }
}

extension Field where Value == CheckedObject {
  static func object(
    _ key: String, _ doc: String, _ set: FieldSet, _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, nullMeans: String? = nil, examples: [String] = []
  ) -> Self {
    Self(key, doc, .object(set), presence, applies, examples, nullMeans: nullMeans) { $0.object }
  }
}

extension Field where Value == [Checked] {
  static func list(
    _ key: String, _ doc: String, of shape: FieldShape, _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, examples: [String] = []
  ) -> Self {
    Self(key, doc, .list(shape), presence, applies, examples) { $0.list }
  }
}

extension Field where Value == [String] {
  static func arguments(_ key: String, _ doc: String, examples: [String]) -> Self {
    Self(key, doc, .arguments, .required, .always, examples) { $0.arguments }
  }
}

extension Field where Value == [CheckedEntry] {
  static func table(
    _ key: String, _ doc: String, keys: TextRule, of shape: FieldShape, applies: FieldCondition = .always,
    examples: [String]
  ) -> Self {
    Self(key, doc, .table(keys: keys, shape), .optional, applies, examples) { $0.table }
  }
}

extension Field where Value == CheckedSettings {
  static func settings(_ key: String, _ doc: String, examples: [String]) -> Self {
    Self(key, doc, .settings, .defaultedFields, .always, examples) { $0.settings }
  }
}

extension Field where Value == ConfigValue {
  /// A text or a reference to a secret.
  static func setting(
    _ key: String, _ doc: String, _ presence: FieldDescription.Presence = .optional, examples: [String]
  ) -> Self {
    Self(key, doc, .setting, presence, .always, examples) { $0.setting }
  }
}

extension Field where Value == CheckedValue {
  static func either(
    _ key: String, _ doc: String, _ shapes: [FieldShape], _ presence: FieldDescription.Presence = .optional,
    applies: FieldCondition = .always, examples: [String] = []
  ) -> Self {
    Self(key, doc, .either(shapes), presence, applies, examples) { $0 }
  }

  static func patch(_ key: String, _ doc: String, examples: [String]) -> Self {
    Self(key, doc, .patch, .required, .always, examples) { $0 }
  }
}
