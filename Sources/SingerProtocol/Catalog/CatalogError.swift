/// Why a text is no catalog.
public enum CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  case notJSON(JSONSyntaxError)
  case notACatalog(String)

  public var description: String {
    switch self {
    case .notJSON(let error): error.description
    case .notACatalog(let reason): reason
    }
  }
}
