import CLibYAML
import Diagnostics

extension StreamReader {
  /// The key that begins with the event just read, or nil when it is not one that a manifest may have.
  mutating func key(_ kind: EventKind, depth: Int) throws(Stop) -> Key? {
    guard kind == .scalar else {
      let start = range(events.start, events.end)
      report(
        Diagnostic(
          .complexKey, .error, kind == .alias ? "a key cannot be an alias" : "a key cannot be a list or a mapping",
          at: start,
          help: Help(kind == .alias ? "write the key out" : "write a text; `{{ … }}` and `{…}` as text need quotes")))
      let told = problems.count
      _ = try node(kind, depth: depth)
      forgetProblems(after: told)
      return nil
    }
    let node = scalar()
    guard case .string(let text, let style) = node.content else {
      reportKeyNotString(node)
      return nil
    }
    guard text != "<<" || style != .plain else {
      report(
        Diagnostic(
          .mergeKey, .error, "merge keys are not part of YAML 1.2", at: node.range,
          help: Help("write the keys out where they are needed")))
      return nil
    }
    return Key(text: text, place: node.place)
  }

  private mutating func reportKeyNotString(_ node: SyntaxNode) {
    let source = source(of: node.range)
    let help =
      source.isEmpty
      ? Help("write a key before the `:`") : Help("quote it: `\"\(source)\"`", replacement: "\"\(source)\"")
    // A scalar that is itself a mistake has been reported already.
    if problems.last?.primary == node.range { return }
    report(
      Diagnostic(.keyNotString, .error, "a key is a text, and this is \(node.content.kind)", at: node.range, help: help)
    )
  }

  /// The scalar of the event just read.
  mutating func scalar() -> SyntaxNode {
    let scalar = events.event.pointee.data.scalar
    let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let anchor = anchorName(scalar.anchor)
    refuseTag(scalar.tag)
    let place = anchor == nil ? place(events.start, events.end) : PackedRange(rangeBehindAnchor(), in: name)
    let node = SyntaxNode(place: place, content: content(value, style: scalar.style, at: place))
    anchors.measure(text: value.count, depth: 0)
    if let anchor { anchors.define(anchor, as: node) }
    return node
  }

  private mutating func content(
    _ value: UnsafeBufferPointer<UInt8>, style: yaml_scalar_style_t, at place: PackedRange
  ) -> SyntaxContent {
    guard value.count <= bounds.scalarLength else {
      reportTooLong(value.count, at: place.range)
      return .null
    }
    switch style {
    case YAML_PLAIN_SCALAR_STYLE:
      return plain(value, at: place)
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      if value.contains(0) {
        report(
          Diagnostic(
            .nulCharacter, .error, "a NUL character cannot stand in a text", at: place.range,
            help: Help("remove the escape `\\0`")))
      }
      return .string(String(decoding: value, as: UTF8.self), style: .quoted)
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return .string(String(decoding: value, as: UTF8.self), style: .quoted)
    default:
      return .string(String(decoding: value, as: UTF8.self), style: .block)
    }
  }

  private mutating func plain(_ value: UnsafeBufferPointer<UInt8>, at place: PackedRange) -> SyntaxContent {
    switch PlainScalar(value) {
    case .text: return .string(String(decoding: value, as: UTF8.self), style: .plain)
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .int(let int): return .int(int)
    case .float(let double): return .float(double, text: String(decoding: value, as: UTF8.self))
    case .integerOutOfRange:
      return refuse(.integerOutOfRange, "this integer does not fit 64 bits", value, at: place.range)
    case .nonFinite: return refuse(.nonFiniteNumber, "this number is not finite", value, at: place.range)
    case .leadingZero:
      reportLeadingZero(String(decoding: value, as: UTF8.self), at: place.range)
      return .null
    }
  }

  private mutating func refuse(
    _ code: DiagnosticCode, _ headline: String, _ value: UnsafeBufferPointer<UInt8>, at range: SourceRange
  ) -> SyntaxContent {
    let text = String(decoding: value, as: UTF8.self)
    let help =
      value.count <= 60
      ? Help("quote it if a text is meant: `\"\(text)\"`", replacement: "\"\(text)\"")
      : Help("quote it if a text is meant")
    report(Diagnostic(code, .error, headline, at: range, help: help))
    return .null
  }

  private mutating func reportLeadingZero(_ text: String, at range: SourceRange) {
    let isNegative = text.hasPrefix("-")
    let digits = text.drop { $0 == "+" || $0 == "-" }.drop { $0 == "0" }
    let decimal = (isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits)
    let octal = Int64(digits.isEmpty ? "0" : digits, radix: 8).map { (isNegative ? "-" : "") + String($0) }
    let isShort = text.utf8.count <= 24
    let meanings = octal.map {
      $0 == decimal ? "write `\($0)`" : "write `\($0)` for the octal number, `\(decimal)` for the decimal one"
    }
    report(
      Diagnostic(
        .leadingZero, .error,
        "an integer that starts with a zero is octal to some readers of YAML and decimal to others", at: range,
        help: isShort
          ? Help("\(meanings ?? "write `\(decimal)`"), or quote it: `\"\(text)\"`")
          : Help("drop the zeros, or quote it if a text is meant")))
  }

  private mutating func reportTooLong(_ length: Int, at range: SourceRange) {
    report(
      Diagnostic(
        .scalarTooLong, .error, "a text of \(length) bytes is longer than \(bounds.scalarLength)", at: range,
        help: Help("keep large texts in a file of their own")))
  }

  mutating func refuseTag(_ tag: UnsafeMutablePointer<yaml_char_t>?) {
    guard let tag else { return }
    let text = excerpt(String(cString: tag))
    let name = text.hasPrefix("tag:yaml.org,2002:") ? "!!" + text.dropFirst("tag:yaml.org,2002:".count) : text
    let start = events.start
    report(
      Diagnostic(
        .tag, .error, "the tag `\(name)` cannot stand in a manifest", at: range(start, start),
        help: Help(name == "!!str" ? "remove it and quote the text" : "remove it")))
  }

  /// The source of a short range, empty for a long one.
  private func source(of range: SourceRange) -> String {
    let first = range.start.offset - cursor.base
    let last = range.end.offset - cursor.base
    guard last - first <= 60, first >= 0, last <= text.count, first <= last else { return "" }
    return String(decoding: text[first..<last], as: UTF8.self)
  }
}

extension SyntaxContent {
  /// What it is, as a message says it.
  fileprivate var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .float: "a number"
    case .string: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
