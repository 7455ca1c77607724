import Diagnostics
import PipelineModel

extension TextRule {
  func accepts(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return self == .free }
    switch self {
    case .any, .free: return true
    case .name:
      return bytes.count <= 63 && bytes.allSatisfy(\.isNameByte) && first != UInt8(ascii: "-")
        && last != UInt8(ascii: "-")
    case .nameGlob: return bytes.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    case .executable: return isExecutable(text)
    case .requirement: return PackageRequirement(text) != nil
    case .requestID: return bytes.count <= 127 && first.isAlphanumeric && bytes.allSatisfy(\.isRequestByte)
    case .environmentVariable:
      return !first.isDigit && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
    case .filePath: return !bytes.contains(0)
    case .absolutePath: return first == UInt8(ascii: "/") && !bytes.contains(0)
    case .baseURL: return isBaseURL(text)
    case .builtinConnector: return true
    }
  }

  var code: DiagnosticCode {
    switch self {
    case .name, .nameGlob: .invalidName
    case .executable: .invalidExecutable
    case .requirement: .invalidRequirement
    case .any, .free, .requestID, .environmentVariable, .filePath, .absolutePath, .baseURL, .builtinConnector:
      .invalidText
    }
  }

  func headline(of name: String) -> String {
    "`\(name)` is \(constraint ?? "a text")"
  }

  func help(for text: String) -> Help? {
    switch self {
    case .name: nameSuggestion(text)
    case .nameGlob: Help("`*` and `?` are the only wildcards")
    case .executable:
      Help(
        text.contains("/") ? "write the absolute path" : "a program and its arguments cannot be one text; make a script"
      )
    case .requirement:
      Help("options, markers and passwords cannot stand here; give `executable` for a program that is there already")
    case .absolutePath:
      Help(
        "write it from `/` on; left out, it is the folder in which the run is ordered, the one `pipectl` is called in")
    case .baseURL: Help("only a loopback address may do without https")
    case .any, .free, .requestID, .environmentVariable, .filePath, .builtinConnector: nil
    }
  }

  private func isExecutable(_ text: String) -> Bool {
    guard !text.utf8.contains(0) else { return false }
    if text.hasPrefix("/") { return !text.hasSuffix("/") }
    return !text.unicodeScalars.contains { $0 == "/" || $0.isWhitespace }
  }

  private func isBaseURL(_ text: String) -> Bool {
    guard !text.contains(where: \.isWhitespace) else { return false }
    if text.hasPrefix("https://") { return text.dropFirst(8).first.map { $0 != "/" } ?? false }
    guard text.hasPrefix("http://") else { return false }
    return isLoopback(authority: text.dropFirst(7).prefix { $0 != "/" })
  }

  private func nameSuggestion(_ text: String) -> Help? {
    let letters = text.lowercased().unicodeScalars.map {
      $0.isASCII && UInt8($0.value).isNameByte ? Character($0) : "-"
    }
    let words = letters.split(separator: "-").map { String($0) }.joined(separator: "-")
    let name = String(words.prefix(63))
    return accepts(name) ? Help("write `\(name)`", replacement: name) : nil
  }
}

extension Unicode.Scalar {
  /// The table of all characters is asked only where it has to be.
  fileprivate var isWhitespace: Bool { isASCII ? value == 32 || (9...13).contains(value) : properties.isWhitespace }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  fileprivate var isLower: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
  var isAlphanumeric: Bool { isDigit || isLower || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
  fileprivate var isNameByte: Bool { isLower || isDigit || self == UInt8(ascii: "-") }
  fileprivate var isRequestByte: Bool { isAlphanumeric || "-._".utf8.contains(self) }
}
