/// What a connector's own description of its settings has against one of them.
public struct SettingsProblem: Hashable, Sendable {
  /// Keys and indices of lists from the root to the place; for a missing key, to where it belongs.
  public let path: [String]
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    /// Types as JSON Schema names them.
    case wrongType(wanted: [String], found: String)
    /// The values that there are.
    case noneOf([String])
    case missing
    case unknown(nearest: [String])
    /// Unknown, and most likely the one that is missing.
    case misspelt(required: String)
  }

  /// The path as text, below the name of the settings: `config.files[0].path`.
  public func place(below name: String) -> String {
    path.reduce(name) { place, step in Int(step) == nil ? "\(place).\(step)" : "\(place)[\(step)]" }
  }

  /// Whether the connector may well do without.
  public var isHarmless: Bool {
    switch kind {
    case .unknown: true
    case .wrongType, .noneOf, .missing, .misspelt: false
    }
  }

  init(_ path: [String], _ kind: Kind) {
    self.path = path
    self.kind = kind
  }
}
