internal import EngineHTTP

/// A source of Stitch, an "integration": what is read of it.
struct StitchSource: Hashable, Sendable {
  var id: Int
  /// The schema in the destination, and the name in the list of loads.
  var name: String
  var type: String
  var displayName: String
  var clientID: Int
  /// All values are texts or null, as documented; what is not is kept as what it is.
  var properties: [String: OpenValue]
  var deletedAt: String?
  /// A switch: only null and not null differ.
  var pausedAt: String?
  /// Set by Stitch, and cleared by nobody else.
  var systemPausedAt: String?
  var step: OpenEnum<Step>?

  enum Step: String, Hashable, Sendable {
    case form, oauth, profile
    case discoverSchema = "discover_schema"
    case fieldSelection = "field_selection"
    case fullyConfigured = "fully_configured"
  }

  /// Why Stitch starts no job of it on demand; nil where it may. Only Singer-powered sources have such jobs, and of the types that Stitch documents
  /// one says that it is none.
  var whyNoneStarts: String? {
    guard type == "import_api" else { return nil }
    return
      "its data is pushed to it (`\(type)`): it is no Singer-powered source, so Stitch starts and stops no job of it on demand"
  }

  /// A property that is set.
  func property(_ name: String) -> String? { properties[name]?.text }
}
