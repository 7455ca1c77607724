import Diagnostics
import ManifestSyntax

@testable import ManifestCompiler

/// A diagnostic that a marked text announces.
struct Marker: Hashable, CustomStringConvertible {
  let code: String
  /// Nil: anywhere.
  let line: Int?
  let column: Int?
  let length: Int?

  var description: String {
    "\(code) at \(line.map(String.init) ?? "?"):\(column.map(String.init) ?? "?")+\(length ?? 0)"
  }

  func matches(_ diagnostic: Diagnostic) -> Bool {
    guard diagnostic.code.text == code else { return false }
    guard let line else { return true }
    guard let range = diagnostic.primary, range.start.line == line, range.start.column == column else { return false }
    return length == nil || range.end.line > range.start.line || max(1, range.end.column - range.start.column) == length
  }

  /// The markers of a text: `#   ^^^ CODE`, `#< CODE`, `#! CODE`.
  static func all(in text: String) -> [Marker] {
    var markers: [Marker] = []
    var target = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let marker = Marker(comment: line, below: target) else {
        target = index + 1
        continue
      }
      markers.append(marker)
    }
    return markers
  }

  private init?(comment line: Substring, below target: Int) {
    guard line.hasPrefix("#"), let code = line.split(separator: " ").last, code.hasPrefix("PC"), code.count == 6 else {
      return nil
    }
    self.code = String(code)
    if line.hasPrefix("#!") {
      (self.line, column, length) = (nil, nil, nil)
    } else if line.hasPrefix("#<") {
      (self.line, column, length) = (target, 1, nil)
    } else if let first = line.firstIndex(of: "^") {
      self.line = target
      column = line.distance(from: line.startIndex, to: first) + 1
      length = line[first...].prefix { $0 == "^" }.count
    } else {
      return nil
    }
  }
}

/// The bytes of a text in which `⟨FF⟩` stands for one byte.
func bytes(ofMarked text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Substring(text)
  while let character = rest.first {
    if character == "⟨", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16), rest.dropFirst(3).first == "⟩" {
      bytes.append(byte)
      rest = rest.dropFirst(4)
    } else {
      bytes += Array(String(character).utf8)
      rest = rest.dropFirst()
    }
  }
  return bytes
}

extension DiagnosticEntry.Example {
  /// What the example says, syntax included.
  var diagnostics: [Diagnostic] {
    let parsed = parseManifest(bytes: bytes(ofMarked: text), file: "example.yaml", bounds: bounds)
    var options = CompileOptions.forTests
    options.environment = environment
    let compiled = compile(parsed.documents, options: options)
    return sortedForReport(parsed.diagnostics + compiled.diagnostics)
  }
}

extension Diagnostic {
  var place: String {
    guard let primary else { return "\(code) without a place: \(headline)" }
    let length = primary.end.line > primary.start.line ? "…" : "\(primary.end.column - primary.start.column)"
    return "\(code) at \(primary.start.line):\(primary.start.column)+\(length): \(headline)"
  }
}
