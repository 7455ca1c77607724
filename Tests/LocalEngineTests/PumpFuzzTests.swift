import Foundation
import Glibc
import SeededRandom
import SingerProtocol
import Testing

@testable import LocalEngine

/// The pump and its line reader, fed in random pieces.
@Suite struct PumpFuzzTests {
  /// Seeds that found something once.
  private static let regressions: [UInt64] = []

  @Test(arguments: (0..<30 as Range<UInt64>) + regressions)
  func `lines come whole, once and in order, in whatever pieces their bytes come`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let bytes = (0..<random.int(0...40)).flatMap { _ -> [UInt8] in
      Self.noise(&random) + (random.chance(85) ? [0x0A] : [])
    }
    let pieces = Self.pieces(of: bytes, &random)
    let (reading, writing) = try FileDescriptor.pipe()
    Self.write(pieces, to: writing)
    let reader = LineReader(reading, chunk: random.pick(1, 3, 16, 100, 4096))
    var read: [UInt8] = []
    while let block = try reader.next() {
      #expect(block.last == 0x0A, "seed \(seed)")
      read += block
    }
    let whole = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    #expect(read == Array(bytes[..<whole]), "seed \(seed)")
    #expect(read + Array(reader.rest) == bytes, "seed \(seed)")
  }

  @Test(arguments: (0..<30 as Range<UInt64>) + regressions)
  func `a pump forwards every whole message up to the first line that is none, and nothing else`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let lines = (0..<random.int(0...60)).map { _ in Self.line(&random) }
    let half = #"{"type":"RECORD","str"#
    let whole = #"{"type":"RECORD","stream":"a","record":{"id":1}}"#
    let last = random.pick("", half, whole, whole + " ", " ")
    let bytes: [UInt8] = lines.flatMap { $0 + [0x0A] } + Array(last.utf8)
    let bad = lines.firstIndex { !Self.isMessage($0) }
    let isCounted = bad == nil && last.hasPrefix(whole)
    let messages = lines[..<(bad ?? lines.count)] + (isCounted ? [Array(last.utf8)] : [])
    let expected: [UInt8] = messages.filter { !Self.isBlank($0) }.flatMap { $0 + [0x0A] }

    let events = EventQueue()
    let (fromTap, tapOutput) = try FileDescriptor.pipe()
    let (targetInput, toTarget) = try FileDescriptor.pipe()
    Self.write(Self.pieces(of: bytes, &random), to: tapOutput)
    let pump = Pump(events)
    pump.start(from: fromTap, to: toTarget)
    let arrived = try targetInput.readAll()
    var told: [SupervisorEvent] = []
    while true {
      // The queue wakes for an event; the limit is only for a pump that never ends.
      guard let event = events.next(within: 60_000) else { break }
      told.append(event)
      if case .readerEnded = event { break }
    }
    #expect(arrived == expected, "seed \(seed)")
    let refused = told.compactMap { if case .invalidMessage(let line, _) = $0 { line } else { nil } }
    #expect(refused == (bad.map { [$0 + 1 - Self.blanks(in: lines[..<$0])] } ?? []), "seed \(seed)")
    let rest = told.compactMap { if case .tapOutputEnded(let bytes) = $0 { bytes } else { nil } }
    #expect(rest == [last == half ? half.utf8.count : 0], "seed \(seed)")
    let records = messages.filter { $0.withUnsafeBytes { scanMessage($0).kind } == .record }
    #expect(pump.streams.map(\.records).reduce(0, +) == records.count, "seed \(seed)")
  }

  private static func isMessage(_ line: [UInt8]) -> Bool {
    isBlank(line) || line.withUnsafeBytes { scanMessage($0).kind } != .notJSON
  }

  private static func isBlank(_ line: [UInt8]) -> Bool { line.allSatisfy { $0 <= 0x20 } }

  /// Lines of nothing are neither forwarded nor counted.
  private static func blanks(in lines: ArraySlice<[UInt8]>) -> Int { lines.filter(isBlank).count }

  private static func line(_ random: inout SplitMix64) -> [UInt8] {
    if random.chance(3) { return noise(&random) }
    let text = String(repeating: random.pick("x", "é", "\\n", "}"), count: random.pick(0, 3, 70, 5000))
    return Array(
      random.pick(
        #"{"type": "RECORD", "stream": "orders", "record": {"t": "\#(text)"}}"#,
        #"{"record":{"t":"\#(text)"},"stream":"customers","type":"RECORD"}"#,
        #"{"type":"STATE","value":{"n":1}}"#, #"{"type":"SCHEMA","stream":"orders","schema":{}}"#, "", "  ", "{}"
      ).utf8)
  }

  private static func noise(_ random: inout SplitMix64) -> [UInt8] {
    (0..<random.pick(0, 1, 7, 60, 3000)).map { _ in UInt8(random.int(0...255)) }.filter { $0 != 0x0A }
  }

  private static func pieces(of bytes: [UInt8], _ random: inout SplitMix64) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(random.pick(1, 2, 13, 500, 70_000))
      pieces.append(piece)
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  /// From a thread of its own: a pipe holds little.
  private static func write(_ pieces: [ArraySlice<UInt8>], to pipe: FileDescriptor) {
    Thread.detachNewThread {
      for piece in pieces { try? pipe.writeAll(Array(piece)) }
      pipe.close()
    }
  }
}
