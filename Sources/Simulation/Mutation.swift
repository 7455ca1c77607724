/// A fault planted in the controller, to prove that the audit would notice it.
public enum Mutation: String, Hashable, Sendable, CaseIterable {
  case uncertainTakenForRefused
  case uncertainTakenForDone
  case intentsNotRecorded
  case statesNotRecorded
  case unreadableTakenForEmpty
  case settlementsNotRecorded
  case cancelledBeforeVerified
  case startedUnderAnotherName
  case resultsForgotten
  case othersDropped
}
