/// The offsets of one time zone, as a value: nothing here asks the system for them.
public struct ZoneRules: Hashable, Codable, Sendable {
  /// The IANA name as the user wrote it.
  public let name: String
  /// Seconds east of UTC before the first transition.
  public let initialOffset: Int
  /// Strictly ascending.
  public let transitions: [Transition]

  /// An instant from which another offset holds.
  public struct Transition: Hashable, Codable, Sendable {
    /// Seconds since 1970, UTC.
    public let at: Int64
    /// Seconds east of UTC from `at` on.
    public let offset: Int

    public init(at: Int64, offset: Int) {
      self.at = at
      self.offset = offset
    }
  }

  public init(name: String, initialOffset: Int, transitions: [Transition]) {
    self.name = name
    self.initialOffset = initialOffset
    self.transitions = transitions
  }

  public static let utc = ZoneRules(name: "UTC", initialOffset: 0, transitions: [])
}
