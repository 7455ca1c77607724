public import Diagnostics

/// Where a value comes from.
public struct Origin: Hashable, Sendable {
  /// Where it is written; for a default, the mapping that leaves it out.
  public let range: SourceRange
  public let kind: Kind
  /// The manifest that the pipeline refers to and in which it is written, as `Source shop-db`; nil for the pipeline's own.
  public let reference: String?

  public enum Kind: Hashable, Sendable {
    case written
    /// From a patch of the environment.
    case patch(environment: String)
    /// Built from variables of the environment.
    case variable([String], environment: String)
    case defaulted
  }
}

extension Origin: CustomStringConvertible {
  /// As `validate --show-origin` prints it: `written`, `default`, `patch of Environment prod`, `Source shop-db`.
  public var description: String {
    let own =
      switch kind {
      case .written: reference == nil ? "written" : nil
      case .patch(let environment): "patch of Environment \(environment)"
      case .variable(let names, let environment): "\(names.joined(separator: ", ")) of Environment \(environment)"
      case .defaulted: "default"
      } as String?
    return [reference, own].compactMap { $0 }.joined(separator: ", ")
  }
}
