import PipelineModel

/// What an engine's adapter keeps of a run in the state folder, where a crash leaves it.
struct ServiceReceipt: Sendable {
  var order: StartOrder
  var askedAt: Timestamp
  var asks = 1
  /// The newest job that was listed before the first call.
  var newestBefore: Int
  /// Whether the service said that it took the start.
  var isAccepted = false
  /// A stop came before it was known whether its start was taken: that is not asked for again.
  var isUnwanted = false
  var job: Int?
  var stop: Stop?
  /// Whether a list has shown the end of the extraction.
  var isExtracted = false
  /// Whether a later job hides how its own one ended.
  var isOvertaken = false
  var end: RunOutcome?
  var isRetired = false

  struct Stop: Sendable {
    var askedAt: Timestamp
    var isDelivered: Bool
  }

  var run: RunID { order.run }
  var isOpen: Bool { end == nil && !isRetired }
}
