import CLibYAML
import Diagnostics

/// Why libyaml could not go on, told in words for people.
struct SyntaxProblem {
  /// Where it stopped.
  let mark: yaml_mark_t
  private let opening: yaml_mark_t?
  private let wording: SyntaxWording
  private let tab: yaml_mark_t?

  init(_ parser: UnsafeMutablePointer<yaml_parser_t>, text: UnsafeBufferPointer<UInt8>) {
    let failed = parser.pointee
    mark = failed.error == YAML_READER_ERROR || failed.error == YAML_MEMORY_ERROR ? failed.mark : failed.problem_mark
    opening = failed.context == nil ? nil : failed.context_mark
    let problem = failed.problem.map { String(cString: $0) } ?? "out of memory"
    let context = failed.context.map { String(cString: $0) } ?? ""
    let indentation = Indentation(of: mark, in: text)
    tab = indentation.tab
    if tab != nil {
      wording = .tab
    } else if problem == "did not find expected key", indentation.width < mark.column {
      wording = .trailing
    } else {
      wording = SyntaxWording(problem: problem, context: context)
    }
  }

  /// `range` gives the place of a mark, `widened` the character there.
  func diagnostic(range: (yaml_mark_t) -> SourceRange, widened: (SourceRange) -> SourceRange) -> Diagnostic {
    let place = widened(range(tab ?? mark))
    guard tab == nil, let opening, let label = wording.opening else {
      return Diagnostic(
        wording.code, .error, wording.headline, at: place, label: wording.label, help: wording.help.map { Help($0) })
    }
    let begin = widened(range(opening))
    if wording.pointsAtOpening || begin.start == place.start {
      return Diagnostic(
        wording.code, .error, wording.headline, at: begin, label: label, help: wording.help.map { Help($0) })
    }
    return Diagnostic(
      wording.code, .error, wording.headline, at: place, label: wording.label, secondary: [LabelledRange(begin, label)],
      help: wording.help.map { Help($0) })
  }
}
