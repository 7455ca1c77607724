import ManifestCompiler

/// What there is to say about a field of a manifest.
struct ExplanationView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "FieldExplanation"
  var path: String
  var type: String
  var description: String
  var required: Bool
  var defaultValue: String?
  var constraint: String?
  var words: [Word]
  /// As YAML.
  var examples: [String]
  var fields: [Child]

  struct Word: Codable {
    var word: String
    var description: String
  }

  struct Child: Codable {
    var path: String
    var type: String
    var description: String
    var required: Bool
  }
}

extension ExplanationView {
  init(_ explanation: Explanation) {
    self.init(
      path: explanation.path, type: explanation.type, description: explanation.doc, required: explanation.isRequired,
      defaultValue: explanation.defaultText, constraint: explanation.constraint,
      words: explanation.words.map { Word(word: $0.word, description: $0.doc) }, examples: explanation.examples,
      fields: explanation.children.map {
        Child(path: $0.path, type: $0.type, description: $0.doc, required: $0.isRequired)
      })
  }

  func text(paint: Paint) -> String {
    var lines = [paint.bold(path) + "  \(type)" + (required ? ", required" : ""), "  " + description]
    lines += labelled([("Default", defaultValue), ("Constraint", constraint)])
    if !words.isEmpty { lines += ["", "Words:"] + labelled(words.map { ($0.word, $0.description) }) }
    if !fields.isEmpty { lines += ["", "Fields:"] + fieldLines(paint) }
    if !examples.isEmpty { lines += ["", "Examples:"] + examples.flatMap(exampleLines) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func fieldLines(_ paint: Paint) -> [String] {
    var table = Table(["FIELD", "TYPE", "DESCRIPTION"])
    for field in fields {
      let name = field.path.split(separator: ".").last.map(String.init) ?? field.path
      table.add([name, field.type + (field.required ? ", required" : ""), field.description])
    }
    return table.lines(indent: "  ", paint: paint)
  }

  private func exampleLines(_ example: String) -> [String] {
    example.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
  }
}
