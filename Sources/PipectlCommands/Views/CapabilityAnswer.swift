import PipelineModel

/// One thing that somebody wants to know of an engine before counting on it, and how it is there.
struct CapabilityAnswer: Codable, Hashable {
  /// Stable, for machines.
  var topic: Topic
  var question: String
  /// In a word or two, for a table.
  var word: String
  /// A sentence, or several.
  var answer: String

  enum Topic: String, Codable, CaseIterable {
    case modes, schedule, overrun, pause, startWhilePaused, hold, start, running, cancel, proof, tail, afterCancel,
      complete, dropDestinationFirst, concurrency, credentials
  }
}

extension Capabilities {
  /// In the order of the topics.
  var answers: [CapabilityAnswer] {
    CapabilityAnswer.Topic.allCases.map { topic in
      let (word, answer) = words(on: topic)
      return CapabilityAnswer(topic: topic, question: topic.question, word: word, answer: answer)
    }
  }

  func answer(on topic: CapabilityAnswer.Topic) -> String { words(on: topic).answer }

  private func words(on topic: CapabilityAnswer.Topic) -> (word: String, answer: String) {
    switch topic {
    case .modes: modeWords
    case .schedule: scheduleWords
    case .overrun: conduct.overrun.words
    case .pause: pauseWords
    case .startWhilePaused: conduct.startWhilePaused.words
    case .hold: holdWords
    case .start: conduct.lostStart.words
    case .running: conduct.liveness.words
    case .cancel: stopKey.words
    case .proof: conduct.cancelProof.words
    case .tail: tailAfterStop.words
    case .afterCancel: conduct.afterCancel.words
    case .complete: completeWords
    case .dropDestinationFirst: dropWords
    case .concurrency: concurrencyWords
    case .credentials: credentialWords
    }
  }

  private var modeWords: (String, String) {
    let names = RunMode.allCases.filter { modes.contains($0) }.map { "`\($0.rawValue)`" }
    return (names.joined(separator: ", "), names.count == 1 ? "\(names[0]) alone." : "\(listed(names)).")
  }

  private var holdWords: (String, String) {
    conduct.holdsByItself
      ? ("yes", "It can. That is shown as a condition of its own, and resuming does not end it.") : ("no", "No.")
  }

  private var completeWords: (String, String) {
    canComplete
      ? ("yes", "A continuous run is ended well by `complete`.")
      : ("no", "There is no such thing; asking for it is a mistake in the manifest.")
  }

  private var dropWords: (String, String) {
    canDropDestinationFirst
      ? ("yes", "Where the destination can do it, with `dropDestinationFirst`; it needs consent.")
      : ("no", "There is no such thing; asking for it is a mistake in the manifest.")
  }

  private var credentialWords: (String, String) {
    credentials.isEmpty
      ? ("none", "None.")
      : (credentials.joined(separator: ", "), "\(listed(credentials.map { "`\($0)`" })), by reference.")
  }

  private var pauseWords: (String, String) {
    let run =
      switch conduct.pauseTouchesRun {
      case .never: "A run in progress goes on."
      case .ifAsked: "A run in progress goes on, unless it is asked that it be cancelled."
      }
    switch pause {
    case .schedulerOnly: return ("schedule", "The schedule stops. \(run)")
    case .unitDisabled: return ("everything", "Nothing can start there any more, by hand neither. \(run)")
    case .runFrozen: return ("the run", "The run in progress is frozen, and goes on when it is resumed.")
    }
  }
}

extension CapabilityAnswer.Topic {
  var question: String {
    switch self {
    case .modes: "Which modes are there?"
    case .schedule: "Who keeps the schedule, and which can it be?"
    case .overrun: "What if a scheduled time comes while a job runs?"
    case .pause: "What does a pause stop?"
    case .startWhilePaused: "Can a job be started while it is paused?"
    case .hold: "Can the engine hold jobs back by itself?"
    case .start: "Is a start safe to repeat?"
    case .running: "What is `running` known from?"
    case .cancel: "Can a job be cancelled?"
    case .proof: "Is a cancel verified?"
    case .tail: "What goes on after a cancel?"
    case .afterCancel: "What does the run after a cancelled one do?"
    case .complete: "Can a job be completed?"
    case .dropDestinationFirst: "Can the destination be dropped first?"
    case .concurrency: "How many jobs run at the same time?"
    case .credentials: "Which credentials does its interface want?"
    }
  }
}
