/// What becomes of a slot that comes while a run of the pipeline is active.
public enum OverlapPolicy: String, Hashable, Codable, Sendable, CaseIterable {
  case skip
  case queue
  case cancelRunning = "cancel-running"
}
