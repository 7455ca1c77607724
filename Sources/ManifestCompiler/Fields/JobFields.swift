import PipelineModel

/// A job action that is asked for.
enum JobFields {
  static let request = Field<String>.text(
    "request", "An id of your choosing; each is acted on at most once, ever: a new one asks again.", .requestID,
    .required, examples: ["backfill-2026-11"])
  static let action = Field<Action>.choice("action", "What is asked for.", .required, words: doc)
  static let mode = Field<RunMode>.choice(
    "mode", "What this run reads.", .optional("the pipeline's mode"), applies: onlyStart, words: PipelineFields.doc)
  static let ifRunning = Field<ConflictPolicy>.choice(
    "ifRunning", "What is done where a run is active.", .defaulted("reject"), applies: onlyStart, words: doc)
  static let dropDestinationFirst = Field<Bool>.boolean(
    "dropDestinationFirst", "Whether what the destination holds of the streams is dropped first; rewrites data.",
    .defaulted(false), applies: onlyStart, examples: ["true"])
  static let reason = Field<String>.text(
    "reason", "Why; recorded and shown.", examples: ["new column backfilled"])
  static let expireAfter = Field<TimeSpan>.duration(
    "expireAfter", "How long the request may stay pending.", atLeast: TimeSpan(seconds: 1), .optional("for ever"),
    examples: ["1d"])

  static let set = FieldSet(
    "Job", [request, action, mode, ifRunning, dropDestinationFirst, reason, expireAfter])

  /// The words of `action`.
  enum Action: String, CaseIterable, Sendable {
    case start
    case cancel
    case complete
  }

  private static let onlyStart = FieldCondition.when("action", is: [Action.start.rawValue])

  private static func doc(_ action: Action) -> String {
    switch action {
    case .start: "Starts a run, paused or not."
    case .cancel: "Ends the active run; what was extracted is still loaded."
    case .complete: "Lets the continuous run end well after its round."
    }
  }

  private static func doc(_ policy: ConflictPolicy) -> String {
    switch policy {
    case .reject: "The request is refused."
    case .wait: "The request waits until that run is over."
    case .replace: "That run is cancelled; when it is verified gone, the new one starts."
    }
  }
}
