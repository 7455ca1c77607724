/// Finds a key that a mapping has already: by looking at each while they are few, by hash when they are many.
struct UniqueKeys {
  private static let few = 12
  private var places: [String: Int] = [:]

  /// The place of the entry that has the key, or nil; then the caller adds an entry with it at the end.
  mutating func first(_ key: String, among entries: UnsafeBufferPointer<SyntaxEntry>) -> Int? {
    if entries.count <= Self.few { return entries.indices.first { entries[$0].key == key } }
    if places.isEmpty {
      for (place, entry) in entries.enumerated() where places[entry.key] == nil { places[entry.key] = place }
    }
    if let place = places[key] { return place }
    places[key] = entries.count
    return nil
  }
}
