import ArgumentParser

/// How objects are printed.
enum ObjectFormat: String, CaseIterable, ExpressibleByArgument {
  case table, wide, json, yaml, name
}

/// How one object is printed.
enum DocumentFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, yaml
}

extension Terminal {
  /// Prints a value: as JSON, as YAML, or as the text that is rendered from it.
  func show(
    _ value: some Encodable, as format: DocumentFormat, text: (Paint) -> String
  ) throws(CommandEnd) {
    switch format {
    case .text: data(text(dataPaint))
    case .json: data(try jsonText(value))
    case .yaml: data(try yamlText(value))
    }
  }

  /// Prints a list of objects.
  func show<Item: Encodable>(
    _ items: [Item], as format: ObjectFormat, names: (Item) -> String, table: (Bool, Paint) -> [String]
  ) throws(CommandEnd) {
    switch format {
    case .table: data(table(false, dataPaint).joined(separator: "\n"))
    case .wide: data(table(true, dataPaint).joined(separator: "\n"))
    case .json: data(try jsonText(ObjectList(items: items)))
    case .yaml: data(try yamlText(ObjectList(items: items)))
    case .name: data(items.map { names($0) + "\n" }.joined())
    }
  }
}
