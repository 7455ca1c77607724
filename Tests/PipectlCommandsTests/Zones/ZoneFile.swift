import Foundation
import PipelineModel

/// A compiled zone of the machine's `tzdata` (RFC 9636), read by code that shares nothing with Foundation's.
struct ZoneFile {
  /// Seconds since 1970 and the offset from then on, ascending.
  private let transitions: [ZoneRules.Transition]
  /// Before the first transition.
  private let first: Int
  /// After the last one.
  private let footer: PosixZone?

  struct Broken: Error { let reason: String }

  init(named name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + name))
    var old = Bytes([UInt8](data))
    let counts = try Counts(&old)
    try old.skip(counts.size(ofTime: 4))
    var bytes = old
    let wide = try Counts(&bytes)
    let times = try (0..<wide.times).map { _ in try bytes.number(8) }
    let kinds = try (0..<wide.times).map { _ in Int(try bytes.number(1)) & 0xFF }
    let offsets = try (0..<wide.types).map { _ in
      let offset = Int(try bytes.number(4))
      try bytes.skip(2)
      return offset
    }
    guard let first = offsets.first, kinds.allSatisfy(offsets.indices.contains) else { throw Broken(reason: "types") }
    try bytes.skip(wide.characters + wide.leaps * 12 + wide.standards + wide.universals)
    self.first = first
    transitions = zip(times, kinds).map { ZoneRules.Transition(at: $0, offset: offsets[$1]) }
    let text = String(decoding: bytes.rest, as: UTF8.self).trimmingCharacters(in: .newlines)
    footer = text.isEmpty ? nil : try PosixZone(text)
  }

  /// As `pipectl` writes rules down: from 1970 on, up to an instant.
  func rules(named name: String, to end: Int64) -> ZoneRules {
    let last = transitions.last?.at ?? .min
    let later = (footer?.changes(from: 1970, through: 2101) ?? []).filter { $0.at > last }
    let all = transitions + later
    let initial = all.last { $0.at <= 0 }?.offset ?? (transitions.isEmpty ? footer?.standard : nil) ?? first
    var current = initial
    let changes = all.filter { $0.at > 0 && $0.at < end }.filter { change in
      defer { current = change.offset }
      return change.offset != current
    }
    return ZoneRules(name: name, initialOffset: initial, transitions: changes)
  }

  static let folder = "/usr/share/zoneinfo"

  /// Every zone and link of the folder: files that begin as zones do.
  static func names() -> [String] {
    guard let files = FileManager.default.enumerator(atPath: folder) else { return [] }
    let others: Set = ["localtime", "posixrules"]
    return files.compactMap { $0 as? String }.filter { name in
      !name.hasPrefix("posix/") && !name.hasPrefix("right/") && !others.contains(name)
        && FileHandle(forReadingAtPath: folder + "/" + name).flatMap { try? $0.read(upToCount: 4) } == Data("TZif".utf8)
    }.sorted()
  }
}

/// How much there is of everything, as the file's header says.
private struct Counts {
  let universals: Int, standards: Int, leaps: Int, times: Int, types: Int, characters: Int

  init(_ bytes: inout Bytes) throws {
    guard try bytes.number(4) == 0x545A_6966 else { throw ZoneFile.Broken(reason: "no zone file") }
    guard try bytes.number(1) >= Int64(UInt8(ascii: "2")) else { throw ZoneFile.Broken(reason: "version 1") }
    try bytes.skip(15)
    let counts = try (0..<6).map { _ in Int(try bytes.number(4)) }
    (universals, standards, leaps) = (counts[0], counts[1], counts[2])
    (times, types, characters) = (counts[3], counts[4], counts[5])
  }

  func size(ofTime width: Int) -> Int {
    times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standards + universals
  }
}

/// Bytes that are read from the front.
private struct Bytes {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// A big-endian number with a sign.
  mutating func number(_ width: Int) throws -> Int64 {
    guard rest.count >= width else { throw ZoneFile.Broken(reason: "too short") }
    defer { rest = rest.dropFirst(width) }
    let value = rest.prefix(width).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return (value << (64 - 8 * width)) >> (64 - 8 * width)
  }

  mutating func skip(_ count: Int) throws {
    guard rest.count >= count else { throw ZoneFile.Broken(reason: "too short") }
    rest = rest.dropFirst(count)
  }
}
