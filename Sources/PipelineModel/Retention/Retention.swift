/// How much of each pipeline's past is kept.
public struct Retention: Hashable, Sendable {
  /// Runs of a pipeline; the newest.
  public var runs: Int
  /// What ended longer ago than this goes, also where there are fewer runs.
  public var age: TimeSpan
  /// Versions of a pipeline's state; the newest.
  public var states: Int

  public init(runs: Int = 100, age: TimeSpan = TimeSpan(seconds: 90 * 86_400), states: Int = 50) {
    self.runs = runs
    self.age = age
    self.states = states
  }

  public static let standard = Retention()
}
