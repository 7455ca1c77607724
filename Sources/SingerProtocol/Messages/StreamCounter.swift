internal import Glibc

/// Counts the lines of a tap per stream and kind, without allocating for a stream it has seen.
public struct StreamCounter {
  /// Messages of all streams together.
  public private(set) var records = 0
  public private(set) var states = 0
  public private(set) var schemas = 0
  public private(set) var others = 0
  public private(set) var notJSON = 0
  /// Lines of any kind, and their bytes without line ends.
  public private(set) var lines = 0
  public private(set) var bytes = 0

  /// Sorted by length, then bytes.
  private var entries: [Entry] = []
  private var lastUsed = 0

  private struct Entry {
    let rawName: RawName
    var count: StreamCount
  }

  public init() {}

  /// Counts one line without its line end.
  @discardableResult
  public mutating func count(line: UnsafeRawBufferPointer) -> MessageKind {
    let message = scanMessage(line)
    lines += 1
    bytes += line.count
    switch message.kind {
    case .record: records += 1
    case .schema: schemas += 1
    case .state: states += 1
    case .activateVersion, .batch: break
    case .other: others += 1
    case .notJSON: notJSON += 1
    }
    if let stream = message.stream { add(message.kind, bytes: line.count, to: stream) }
    return message.kind
  }

  /// The counts of every stream, sorted by name.
  public var streams: [StreamCount] {
    var byName: [String: StreamCount] = [:]
    for entry in entries { byName[entry.count.name, default: StreamCount(name: entry.count.name)].add(entry.count) }
    return byName.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private mutating func add(_ kind: MessageKind, bytes: Int, to stream: UnsafeRawBufferPointer) {
    switch kind {
    case .state, .other, .notJSON: return
    case .record, .schema, .activateVersion, .batch: lastUsed = index(of: stream)
    }
    switch kind {
    case .record:
      entries[lastUsed].count.records += 1
      entries[lastUsed].count.bytes += bytes
    case .schema: entries[lastUsed].count.schemas += 1
    case .activateVersion: entries[lastUsed].count.versions += 1
    case .batch: entries[lastUsed].count.batches += 1
    case .state, .other, .notJSON: break
    }
  }

  private mutating func index(of stream: UnsafeRawBufferPointer) -> Int {
    if lastUsed < entries.count, order(entries[lastUsed].rawName.bytes, stream) == 0 { return lastUsed }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      let order = order(entries[middle].rawName.bytes, stream)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    let name = decodedString(stream) ?? String(decoding: stream, as: UTF8.self)
    entries.insert(Entry(rawName: RawName(stream), count: StreamCount(name: name)), at: low)
    return low
  }

  private func order(_ name: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
    guard name.count == other.count else { return name.count - other.count }
    guard let base = name.baseAddress, let otherBase = other.baseAddress else { return 0 }
    return Int(memcmp(base, otherBase, name.count))
  }

  /// A name as lines spell it, in a place of its own: to compare it counts no reference, which a million lines would feel.
  private final class RawName: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(_ spelling: UnsafeRawBufferPointer) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: spelling.count, alignment: 1)
      copy.copyMemory(from: spelling)
      bytes = UnsafeRawBufferPointer(copy)
    }

    deinit { bytes.deallocate() }
  }
}

extension StreamCounter: Sendable {}
