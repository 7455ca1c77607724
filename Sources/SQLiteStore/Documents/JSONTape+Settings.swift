import PipelineModel

/// Connectors' settings are the larger part of most documents, and as enums of enums the slowest to decode by their keys: they are
/// read straight off the tape. What does not look as expected is left to the decoder, which says why.
extension JSONTape {
  func settings(at index: Int) -> [ConfigEntry]? {
    guard nodes[index].kind == .array else { return nil }
    var entries: [ConfigEntry] = []
    var element = index + 1
    while element < Int(nodes[index].next) {
      guard let (key, value) = pair("key", "value", of: element), let name = string(at: key),
        let setting = setting(at: value)
      else { return nil }
      entries.append(ConfigEntry(name, setting))
      element = Int(nodes[element].next)
    }
    return entries
  }

  /// An enum is an object whose one key names the case, and whose value holds what belongs to it.
  private func setting(at index: Int) -> ConfigValue? {
    guard let value = payload(of: index) else { return isChoice(index, "null") ? .null : nil }
    // Most are texts.
    if isChoice(index, "string") { return string(at: value).map { .string($0) } }
    switch string(at: index + 1) {
    case "bool": return bool(at: value).map { .bool($0) }
    case "int": return integer(at: value).map { .int($0) }
    case "number": return string(at: value).map { .number($0) }
    case "array":
      guard let elements = elements(of: value) else { return nil }
      let settings = elements.compactMap { setting(at: $0) }
      return settings.count == elements.count ? .array(settings) : nil
    case "object": return settings(at: value).map { .object($0) }
    case "secret": return secret(at: value).map { .secret($0) }
    case _: return nil
    }
  }

  private func secret(at index: Int) -> SecretReference? {
    guard let text = payload(of: index).flatMap(string) else { return nil }
    if isChoice(index, "environment") { return .environment(text) }
    return isChoice(index, "file") ? .file(text) : nil
  }
}
