public import Diagnostics
public import ManifestSyntax

/// The documentation of one code.
public struct DiagnosticEntry: Sendable {
  public let code: DiagnosticCode
  /// What is wrong, as a heading.
  public let title: String
  /// Why it is refused, and what to do.
  public let explanation: String
  public let example: Example

  /// A manifest in which the mistake is marked, or a command that is told of it.
  ///
  /// In a manifest, a comment such as `#    ^^^ PC0107` points at the line above; `#< PC0202` at that line's first column; `#! PC0303` at no place in
  /// particular. `⟨FF⟩` stands for a byte that is written in hexadecimal.
  public struct Example: Sendable {
    public let text: String
    public let language: Language
    /// The environment that is chosen.
    public let environment: String?
    /// Bounds that are low enough to be passed by a short example.
    public let bounds: SyntaxBounds

    public enum Language: String, Sendable {
      case manifest = "yaml"
      case command = "bash"
    }

    init(
      _ text: String, _ language: Language = .manifest, environment: String? = nil, bounds: SyntaxBounds = .standard
    ) {
      self.text = text
      self.language = language
      self.environment = environment
      self.bounds = bounds
    }
  }

  init(_ code: DiagnosticCode, _ title: String, _ explanation: String, _ example: Example) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.example = example
  }

  init(_ code: DiagnosticCode, _ title: String, _ explanation: String, _ text: String) {
    self.init(code, title, explanation, Example(text))
  }

  /// - Parameter command: for a shell, in an empty folder.
  public init(_ code: DiagnosticCode, _ title: String, _ explanation: String, command: String) {
    self.init(code, title, explanation, Example(command, .command))
  }
}
