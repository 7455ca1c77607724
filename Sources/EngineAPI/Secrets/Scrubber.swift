/// Takes secrets out of text, in whatever spelling it repeats them: a second net, for connectors and services that show what they were given.
public struct Scrubber: Sendable {
  private let secrets: [Secret]

  private struct Secret: Hashable, Sendable {
    var bytes: [UInt8]
    /// One of fewer than four characters is taken out where it stands alone, since anywhere else it would take ordinary text with it.
    var isShort: Bool
  }

  /// Of a secret of several lines each line is one too; short ones of them (the braces of a key file) give nothing away.
  public init(_ secrets: [String] = []) {
    let lines = secrets.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }.filter { $0.count >= 4 }
    let known = Set(secrets + lines).subtracting([""])
    self.secrets = known.sorted().map { Secret(bytes: Array($0.utf8), isShort: $0.count < 4) }
  }

  public func scrub(_ text: String) -> String {
    guard !secrets.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    var end = 0
    for start in bytes.indices {
      let found = self.end(in: bytes, from: start)
      if found > start, start >= end { kept += "***".utf8 }
      end = max(end, found)
      if start >= end { kept.append(bytes[start]) }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Where the longest secret ends that begins there; the beginning where none does.
  private func end(in text: [UInt8], from start: Int) -> Int {
    var longest = start
    for secret in secrets where SecretSpelling.mayBegin(text[start], with: secret.bytes[0]) {
      for spelling in SecretSpelling.allCases {
        guard let end = spelling.end(of: secret.bytes, in: text, from: start), end > longest,
          !secret.isShort || isAlone(start..<end, in: text)
        else { continue }
        longest = end
      }
    }
    return longest
  }

  /// Whether no letter and no digit touches it.
  private func isAlone(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0
    let after = range.upperBound < text.count ? text[range.upperBound] : 0
    return !before.isWordByte && !after.isWordByte
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case _: false
    }
  }
}
