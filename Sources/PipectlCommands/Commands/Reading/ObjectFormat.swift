import ArgumentParser

/// How objects are printed.
enum ObjectFormat: String, CaseIterable, ExpressibleByArgument {
  case table, wide, json, yaml, name
}

extension ObjectFormat: AnswerFormat {
  var document: DocumentForm? {
    switch self {
    case .table, .wide, .name: nil
    case .json: .data(.json)
    case .yaml: .data(.yaml)
    }
  }
}

/// How one object is printed.
enum DocumentFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, yaml
}

extension DocumentFormat: AnswerFormat {
  var document: DocumentForm? { data.map(DocumentForm.data) }

  /// Nil for what people read.
  var data: DataForm? {
    switch self {
    case .text: nil
    case .json: .json
    case .yaml: .yaml
    }
  }
}

extension Terminal {
  /// Prints a value: as JSON, as YAML, or as the text that is rendered from it.
  func show(
    _ value: some Encodable, as format: DocumentFormat, text: (Paint) -> String
  ) throws(CommandEnd) {
    guard let form = format.data else { return data(text(dataPaint)) }
    try document(value, as: form)
  }

  /// Prints one value as itself, and several as a list; as texts one below the other.
  func show<Item: Encodable>(
    each items: [Item], as format: DocumentFormat, text: (Item, Paint) -> String
  ) throws(CommandEnd) {
    if let item = items.first, items.count == 1 { return try show(item, as: format) { text(item, $0) } }
    try show(ObjectList(items: items), as: format) { paint in items.map { text($0, paint) }.joined(separator: "\n") }
  }

  /// Prints a list of objects.
  func show<Item: Encodable>(
    _ items: [Item], as format: ObjectFormat, names: (Item) -> String, table: (Bool, Paint) -> [String]
  ) throws(CommandEnd) {
    switch format {
    case .table: data(table(false, dataPaint).joined(separator: "\n"))
    case .wide: data(table(true, dataPaint).joined(separator: "\n"))
    case .json: try document(ObjectList(items: items), as: .json)
    case .yaml: try document(ObjectList(items: items), as: .yaml)
    case .name: data(items.map { names($0) + "\n" }.joined())
    }
  }
}
