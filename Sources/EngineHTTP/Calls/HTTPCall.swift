public import PipelineModel

/// One request to an engine's interface, and whether sending it twice does harm.
public struct HTTPCall: Hashable, Sendable {
  public var verb: HTTPVerb
  /// What follows the base URL, unescaped.
  public var path: [String]
  /// In the order of sending.
  public var query: [QueryItem]
  /// JSON.
  public var body: String?
  /// Texts within the body that must not be seen.
  public var hidden: [HiddenText]
  public var repetition: Repetition
  public var timeout: TimeSpan

  public struct QueryItem: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What a second call does where the first one had its effect and nobody heard of it.
  public enum Repetition: Hashable, Sendable {
    /// Nothing new.
    case harmless
    /// Another effect: it is sent again only where the first one was certainly not taken.
    case harmful
    /// An effect on whatever goes on when it arrives: it was right when somebody looked, and a moment later it may hit something else. It is
    /// sent once, whatever becomes of it; who wants it sent again looks first.
    case onlyAfterALook
  }

  public init(
    _ verb: HTTPVerb, _ path: [String], query: [QueryItem] = [], body: String? = nil, hidden: [HiddenText] = [],
    repetition: Repetition, timeout: TimeSpan = TimeSpan(seconds: 30)
  ) {
    self.verb = verb
    self.path = path
    self.query = query
    self.body = body
    self.hidden = hidden
    self.repetition = repetition
    self.timeout = timeout
  }

  /// Reads, which never does harm.
  public static func get(_ path: [String], query: [QueryItem] = []) -> HTTPCall {
    HTTPCall(.get, path, query: query, repetition: .harmless)
  }
}

extension HTTPCall: CustomStringConvertible, CustomReflectable {
  /// Without the body, which may hold what must not be seen.
  public var customMirror: Mirror { Mirror(self, children: ["call": description]) }

  /// As it is sent, without host: `GET /v4/sources?page=2`.
  public var description: String { "\(verb.rawValue) \(target)" }

  var target: String {
    let path = path.map { "/" + percentEscaped($0) }.joined()
    let items = query.map { "\(percentEscaped($0.name))=\(percentEscaped($0.value))" }
    return items.isEmpty ? path : path + "?" + items.joined(separator: "&")
  }
}
