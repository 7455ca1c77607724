/// How often the model engine misbehaves, in percent of its calls.
public struct FaultRates: Hashable, Sendable {
  /// It acts, and the answer never comes.
  public var lostAnswer: Int
  /// It never hears of the call; the caller cannot tell.
  public var lostCall: Int
  /// It certainly did nothing, and may later.
  public var unavailable: Int
  /// It will never do this.
  public var refused: Int
  /// An observation that could not be made, or came back incomplete.
  public var unreadable: Int
  /// One of its runs is there, and cannot be told of.
  public var illegible: Int
  /// A run is listed twice.
  public var duplicated: Int
  /// A call takes a while.
  public var slow: Int

  public init(
    lostAnswer: Int = 0, lostCall: Int = 0, unavailable: Int = 0, refused: Int = 0, unreadable: Int = 0,
    illegible: Int = 0, duplicated: Int = 0, slow: Int = 0
  ) {
    self.lostAnswer = lostAnswer
    self.lostCall = lostCall
    self.unavailable = unavailable
    self.refused = refused
    self.unreadable = unreadable
    self.illegible = illegible
    self.duplicated = duplicated
    self.slow = slow
  }

  public static let none = FaultRates()
  public static let some = FaultRates(
    lostAnswer: 8, lostCall: 8, unavailable: 6, refused: 4, unreadable: 8, duplicated: 10, slow: 20)
}
