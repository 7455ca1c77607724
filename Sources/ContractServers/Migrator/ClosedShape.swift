/// What a value of a closed schema may be: a key that is not listed is as wrong as one that is missing.
indirect enum ClosedShape: Sendable {
  case text
  case bool
  /// Not below.
  case integer(from: Int)
  case word([String])
  case object(required: [String: ClosedShape], optional: [String: ClosedShape] = [:])
  /// Keys of the caller's choosing.
  case table(ClosedShape)

  /// What is wrong with a value, each with its place; sorted.
  func problems(of value: JSON, at place: String = "the body") -> [String] {
    switch (self, value) {
    case (.text, .string), (.bool, .bool): return []
    case (.integer(let least), .int(let number)): return number < least ? ["\(place) is below \(least)"] : []
    case (.word(let words), .string(let word)):
      return words.contains(word) ? [] : ["\(place) is `\(word)`, and none of \(words.joined(separator: ", "))"]
    case (.object(let required, let optional), .object(let members)):
      let missing = required.keys.filter { members[$0] == nil }.map { "\(place) lacks `\($0)`" }
      let wrong = members.flatMap { key, value -> [String] in
        guard let shape = required[key] ?? optional[key] else { return ["\(place) has no `\(key)`"] }
        return shape.problems(of: value, at: "`\(key)` of \(place)")
      }
      return (missing + wrong).sorted()
    case (.table(let shape), .object(let members)):
      return members.flatMap { shape.problems(of: $0.value, at: "`\($0.key)` of \(place)") }.sorted()
    case (.text, _), (.bool, _), (.integer, _), (.word, _), (.object, _), (.table, _):
      return ["\(place) is of another type"]
    }
  }
}

extension ClosedShape {
  /// What the call that makes a job takes, as it is published; of modes, what the releases have in common.
  static let migrationJob = ClosedShape.object(
    required: [
      "projectId": .text, "jdbcConnectionDetails": relational, "mongodbConnectionDetails": documents,
      "options": options, "verification": .object(required: ["enabled": .bool]),
    ],
    optional: [
      "relationalTableFilters": .table(
        .table(.object(required: [:], optional: ["whereClause": .text, "rowCount": .integer(from: 0)])))
    ])

  private static let relational = ClosedShape.object(
    required: ["type": .text, "url": .text],
    optional: [
      "id": .text, "user": .text, "password": .text, "savePassword": .bool, "existingConnectionId": .text,
      "oraclePdbName": .text, "isManualUri": .bool,
    ])

  private static let documents = ClosedShape.object(
    required: ["connectionString": .text],
    optional: ["id": .text, "savePassword": .bool, "existingConnectionId": .text])

  private static let options = ClosedShape.object(
    required: ["mode": .word(["SNAPSHOT", "CDC"])],
    optional: [
      "dropCollections": .bool, "errorHandling": .word(["FAIL", "WARN", "SKIP"]), "errorTolerance": .integer(from: 0),
    ])
}
