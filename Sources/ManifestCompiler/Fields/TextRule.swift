/// What a text may be.
enum TextRule: Hashable, Sendable {
  /// Anything but the empty text.
  case any
  /// The name of a manifest, or of what refers to one.
  case name
  /// Part of a manifest's name, with `*` and `?`.
  case nameGlob
  case executable
  /// A requirement on a Python package such as `name==1.2.3`.
  case requirement
  case requestID
  case environmentVariable
  case filePath
  case absolutePath
  case baseURL
  case builtinConnector
  /// Anything, the empty text too.
  case free

  /// What the schema demands; as strict as the compiler where a regular expression can be.
  var pattern: String? {
    switch self {
    case .any: #"[\s\S]"#
    case .builtinConnector: "^(csv|jsonl|sqlite)$"
    case .free: nil
    case .name: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"
    case .nameGlob: "^[-a-z0-9*?]+$"
    case .executable: #"^(/[^\u0000]*[^/\u0000]|[^/\s\u0000]+)$"#
    case .requirement:
      "^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])? *(\\[[-._, A-Za-z0-9]+\\])? *(\(Self.specifiers)|\(Self.url))?$"
    case .requestID: "^[A-Za-z0-9][-._A-Za-z0-9]{0,126}$"
    case .environmentVariable: "^[A-Za-z_][A-Za-z0-9_]*$"
    case .filePath: #"^[^\u0000]+$"#
    case .absolutePath: #"^/[^\u0000]*$"#
    case .baseURL: #"^(https://[^/\s]+|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$))"#
    }
  }

  private static let specifiers =
    "(===?|~=|!=|[<>]=?) *[A-Za-z0-9][-._+!*A-Za-z0-9]*( *, *(===?|~=|!=|[<>]=?) *[A-Za-z0-9][-._+!*A-Za-z0-9]*)*"
  private static let url = "@ *(https://[^@/?# ]+|file:///|git\\+https://[^@/?# ]+|git\\+ssh://|git\\+file:///)[!-~]*"

  /// The rule as a phrase for people.
  var constraint: String? {
    switch self {
    case .any, .free: nil
    case .name: "at most 63 of a-z, 0-9 and `-`, with a letter or digit at both ends"
    case .nameGlob: "a name, in which `*` stands for any text and `?` for one character"
    case .executable: "an absolute path, or a bare name that is looked up on PATH"
    case .requirement:
      "a Python package and its version: `name==1.2.3`, or `name @ https://…` or `git+https://…@COMMIT`"
    case .requestID: "at most 127 of letters, digits, `-`, `.` and `_`, beginning with a letter or digit"
    case .environmentVariable: "letters, digits and `_`, not beginning with a digit"
    case .filePath: "a path"
    case .absolutePath: "an absolute path"
    case .baseURL: "https, or http on loopback"
    case .builtinConnector: "`csv` as a source; `jsonl` or `sqlite` as a destination"
    }
  }
}
