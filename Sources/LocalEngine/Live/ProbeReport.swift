internal import EngineAPI
public import SingerProtocol

/// A connector as it was found.
public struct ProbeReport: Sendable {
  public internal(set) var findings: [ProbeFinding] = []
  /// What it said of itself; absent where it does not know the question, and for those that are part of pipectl.
  public internal(set) var about: ConnectorAbout?
  /// What a tap offers; absent where it could not be asked, or did not answer.
  public internal(set) var catalog: Catalog?
  public internal(set) var isBuiltin = false
  /// Whether its program was seen to run.
  public internal(set) var hasStarted = false
  /// The user did not want to wait: there may be more.
  public internal(set) var isInterrupted = false
  var scrubber = Scrubber()

  /// A text in which the connector's words occur, without its secrets.
  public func scrub(_ text: String) -> String { scrubber.scrub(text) }
}
