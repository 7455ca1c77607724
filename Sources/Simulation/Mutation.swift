/// A fault planted in the controller, or in an engine's adapter, to prove that the audit would notice it.
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
  /// An adapter sends a start whose answer was lost again, and looks for nothing first.
  case startsSentBlindly
  /// An adapter sends a stop that names a unit, and does not look what runs there.
  case stopsSentBlindly
  /// An adapter writes what it is told to at another object.
  case settingsWrittenElsewhere

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
    case .startsSentBlindly, .stopsSentBlindly, .settingsWrittenElsewhere: .services
    }
  }
}
