internal import Glibc

/// Tells what a line is without reading all of it.
///
/// Takes the usual beginnings by comparison and reads the top-level keys of any other spelling. What follows the type and the stream's
/// name is not validated, except that a message ends with `}`: a line cut short is `.notJSON`.
public func scanMessage(_ line: UnsafeRawBufferPointer) -> ScannedMessage {
  guard endsWithBrace(line) else { return ScannedMessage(.notJSON) }
  return usualRecord(line, spacedRecord) ?? usualRecord(line, compactRecord) ?? scanTopLevel(line)
}

private let spacedRecord: StaticString = "{\"type\": \"RECORD\", \"stream\": \""
private let compactRecord: StaticString = "{\"type\":\"RECORD\",\"stream\":\""

private func endsWithBrace(_ line: UnsafeRawBufferPointer) -> Bool {
  var end = line.count
  while end > 0, line[end - 1] <= 0x20 { end -= 1 }
  return end > 1 && line[end - 1] == UInt8(ascii: "}")
}

private func usualRecord(_ line: UnsafeRawBufferPointer, _ prefix: StaticString) -> ScannedMessage? {
  let length = prefix.utf8CodeUnitCount
  guard line.count > length, let base = line.baseAddress, memcmp(base, prefix.utf8Start, length) == 0,
    let quote = memchr(base + length, 0x22, line.count - length)
  else { return nil }
  let count = UnsafeRawPointer(quote) - (base + length)
  guard memchr(base + length, 0x5C, count) == nil else { return nil }
  return ScannedMessage(.record, stream: UnsafeRawBufferPointer(start: base + length, count: count))
}

private func scanTopLevel(_ line: UnsafeRawBufferPointer) -> ScannedMessage {
  var keys = TopLevelKeys(line)
  var type: UnsafeRawBufferPointer?
  var stream: UnsafeRawBufferPointer?
  while true {
    switch keys.next() {
    case .malformed: return ScannedMessage(.notJSON)
    case .end: return ScannedMessage(kind(named: type), stream: stream)
    case .member(let key, let value):
      if type == nil, matches(key, "type") { type = value ?? noText }
      if stream == nil, matches(key, "stream") { stream = value }
    }
    guard let type else { continue }
    let kind = kind(named: type)
    if kind == .state || stream != nil { return ScannedMessage(kind, stream: stream) }
  }
}

/// Stands for a type that is no string.
private var noText: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

/// The specification calls types case-insensitive.
private func kind(named type: UnsafeRawBufferPointer?) -> MessageKind {
  guard let type else { return .other }
  if matches(type, "RECORD", ignoringCase: true) { return .record }
  if matches(type, "STATE", ignoringCase: true) { return .state }
  if matches(type, "SCHEMA", ignoringCase: true) { return .schema }
  if matches(type, "ACTIVATE_VERSION", ignoringCase: true) { return .activateVersion }
  if matches(type, "BATCH", ignoringCase: true) { return .batch }
  return .other
}

/// Whether the inside of a JSON string spells a word; escapes are decoded where there are any.
private func matches(_ raw: UnsafeRawBufferPointer, _ word: StaticString, ignoringCase: Bool = false) -> Bool {
  guard let base = raw.baseAddress, raw.count > 0 else { return false }
  if memchr(base, 0x5C, raw.count) != nil {
    let text = decodedString(raw)
    return ignoringCase ? text?.uppercased() == word.description : text == word.description
  }
  guard raw.count == word.utf8CodeUnitCount else { return false }
  let start = UnsafeRawPointer(word.utf8Start)
  return ignoringCase
    ? strncasecmp(base.assumingMemoryBound(to: CChar.self), start.assumingMemoryBound(to: CChar.self), raw.count) == 0
    : memcmp(base, start, raw.count) == 0
}

/// The text that the inside of a JSON string stands for.
func decodedString(_ raw: UnsafeRawBufferPointer) -> String? {
  let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
  return (try? JSONValue(parsing: quoted))?.stringValue
}
