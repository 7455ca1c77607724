import ControlLoop
import EngineAPI
import PipelineModel

/// What `gc` dropped or would drop, and what it could not remove.
struct GcView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Cleanup"
  var dryRun: Bool
  /// Of each pipeline of which something goes, sorted by name.
  var items: [Item] = []
  /// Folders of runs that no record tells of.
  var unrecorded: [String] = []
  /// Runs that stay, since their folders could not be removed.
  var left: [LeftRun] = []
  /// By the file of the memory.
  var bytesGivenBack: Int64 = 0
  /// The signal that ended it early; what was dropped by then is listed.
  var interruption: Int32?

  struct Item: Codable {
    var pipeline: String
    /// Sorted by number.
    var runs: [String]
    /// How many settled operations of its history.
    var operations: Int
    /// How many versions of its state.
    var states: Int
    /// How many outcomes of its slots.
    var slots: Int

    var line: String {
      let parts = [
        runs.isEmpty
          ? nil : runs.count == 1 ? "run \(runs[0])" : "\(runs.count) runs (\(runs[0]) to \(runs[runs.count - 1]))",
        operations == 0 ? nil : counted(operations, "operation"),
        states == 0 ? nil : counted(states, "version") + " of its state",
        slots == 0 ? nil : counted(slots, "slot"),
      ]
      return "\(pipeline): \(listed(parts.compactMap(\.self)))\n"
    }
  }

  struct LeftRun: Codable {
    var run: String
    var reason: String
  }

  enum CodingKeys: String, CodingKey {
    case apiVersion, kind, dryRun, items, unrecorded, left, bytesGivenBack
  }

  init(isDryRun: Bool) { dryRun = isDryRun }

  mutating func add(_ step: RetentionStep) {
    for past in step.dropped {
      let runs = past.runs.map(\.id.description)
      if items.last?.pipeline == past.pipeline.text {
        items[items.count - 1].runs += runs
        items[items.count - 1].operations += past.intents.count
        items[items.count - 1].states += past.states
        items[items.count - 1].slots += past.slots.count
      } else {
        items.append(
          Item(
            pipeline: past.pipeline.text, runs: runs, operations: past.intents.count, states: past.states,
            slots: past.slots.count))
      }
    }
    add(step.left)
  }

  mutating func add(_ runs: [DiscardedRuns.Left]) {
    left += runs.map { LeftRun(run: $0.run.description, reason: $0.reason) }
  }

  var text: String {
    items.map(\.line).joined()
      + unrecorded.map { "\($0): its folder, of which no record is left\n" }.joined()
  }

  var verdict: Verdict {
    if let signal = interruption { return .interrupted("Interrupted; \(sentence)", signal: signal) }
    guard let first = left.first else { return .done(sentence) }
    let others = left.count == 1 ? "" : ", and \(counted(left.count - 1, "other run"))"
    return .failed(
      "\(first.run)\(others) could not be removed: \(first.reason); they stay recorded: mend that and repeat the command"
    )
  }

  private var sentence: String {
    if items.isEmpty && unrecorded.isEmpty { return "Nothing to drop." }
    let runs = items.reduce(0) { $0 + $1.runs.count } + unrecorded.count
    let operations = items.reduce(0) { $0 + $1.operations }
    let states = items.reduce(0) { $0 + $1.states }
    let slots = items.reduce(0) { $0 + $1.slots }
    let what = [
      runs == 0 ? nil : counted(runs, "run"), operations == 0 ? nil : counted(operations, "operation"),
      states == 0 ? nil : counted(states, "version") + " of states", slots == 0 ? nil : counted(slots, "slot"),
    ].compactMap(\.self)
    if dryRun { return "Dry run: \(listed(what)) would be dropped, and nothing was." }
    let space = bytesGivenBack > 0 ? " The memory's file is smaller by \(byteText(bytesGivenBack))." : ""
    return "Dropped \(listed(what)).\(space)"
  }
}
