public import PipelineModel

/// How long Hevo is believed without proof.
public struct HevoPatience: Hashable, Sendable {
  /// From a start to the moment when its job should have been listed.
  public var listing: TimeSpan
  /// Between two looks for the job of a start whose answer was lost.
  public var glance: TimeSpan
  /// How many of them.
  public var glances: Int
  /// From a cancel to the moment when its run counts as unconfirmed.
  public var stop: TimeSpan
  /// From the last sign of a deferred job to the moment when it counts as failed.
  public var deferral: TimeSpan

  public init(
    listing: TimeSpan = TimeSpan(seconds: 60), glance: TimeSpan = TimeSpan(seconds: 5), glances: Int = 5,
    stop: TimeSpan = TimeSpan(seconds: 600), deferral: TimeSpan = TimeSpan(seconds: 3600)
  ) {
    self.listing = listing
    self.glance = glance
    self.glances = glances
    self.stop = stop
    self.deferral = deferral
  }
}
