import PipelineModel

/// Connectors' settings are the larger part of most documents, and as enums of enums the slowest to decode by their keys: they are
/// read straight off the tape. What does not look as expected is left to the decoder, which says why.
extension JSONTape {
  func settings(at index: Int) -> [ConfigEntry]? {
    guard let elements = elements(of: index) else { return nil }
    var entries: [ConfigEntry] = []
    entries.reserveCapacity(elements.count)
    for element in elements {
      guard let key = member("key", of: element).flatMap(string), let value = member("value", of: element),
        let setting = setting(at: value)
      else { return nil }
      entries.append(ConfigEntry(key, setting))
    }
    return entries
  }

  /// An enum is an object whose one key names the case, and whose value holds what belongs to it.
  private func setting(at index: Int) -> ConfigValue? {
    guard nodes[index].kind == .object, nodes[index].next > index + 2, nodes[index + 2].next == nodes[index].next,
      let name = string(at: index + 1)
    else { return nil }
    if name == "null" { return .null }
    guard let value = member("_0", of: index + 2) else { return nil }
    switch name {
    case "bool": return bool(at: value).map { .bool($0) }
    case "int": return integer(at: value).map { .int($0) }
    case "number": return string(at: value).map { .number($0) }
    case "string": return string(at: value).map { .string($0) }
    case "array":
      guard let elements = elements(of: value) else { return nil }
      let settings = elements.compactMap { setting(at: $0) }
      return settings.count == elements.count ? .array(settings) : nil
    case "object": return settings(at: value).map { .object($0) }
    case "secret": return (try? self.value(SecretReference.self, at: value)).map { .secret($0) }
    case _: return nil
    }
  }
}
