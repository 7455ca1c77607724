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
  case slotOutcomesNotRecorded
  case slotProgressNotRecorded
  case waitingSlotsForgotten
  case slotsNeverDue
  case commitsNotRecorded

  /// Where it matters.
  public var flavour: Scenario.Flavour {
    switch self {
    case .uncertainTakenForRefused, .uncertainTakenForDone, .intentsNotRecorded, .statesNotRecorded,
      .unreadableTakenForEmpty, .settlementsNotRecorded, .cancelledBeforeVerified, .startedUnderAnotherName,
      .resultsForgotten, .othersDropped:
      .everyday
    case .slotOutcomesNotRecorded, .slotProgressNotRecorded, .waitingSlotsForgotten, .slotsNeverDue,
      .commitsNotRecorded:
      .staying
    }
  }
}
