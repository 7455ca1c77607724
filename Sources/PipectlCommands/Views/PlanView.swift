import PipelineModel
import Reconciler

/// A plan as it is shown: JSON is this value, and the text is rendered from it.
struct PlanView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Plan"
  var verdict: String
  var hasChanges: Bool
  var changes: [Change]
  var warnings: [String]
  /// The consents that the plan needs: `cancel`, `rewrite`, `delete`.
  var consents: [ConsentView]
  /// Of every pipeline; where nobody reads them all, of those alone whose slots come first.
  var decisions: [DecisionView]
  /// How many pipelines more have a slot to come; absent where all decisions are told.
  var moreSlots: Int?
  /// What was asked for and is not done, for a reason that somebody has to mend.
  var refusals: [String]
  /// What can be counted on at the engines that are asked for something; absent where none is.
  var promises: [PromiseView]?
  /// Absent: only an event changes the answer.
  var wakeAt: String?

  struct Change: Codable {
    var id: String
    var verb: String
    var pipeline: String
    var dataEffect: String
    var reason: String
    var request: String?
    /// The run that is started or stopped.
    var run: String?
    /// What a run that is started reads.
    var mode: String?
    var fields: [FieldView]
    var preconditions: [String]
  }

  struct FieldView: Codable {
    var path: String
    var before: String?
    var after: String?
  }

  struct ConsentView: Codable {
    var consent: String
    var operation: String
    var pipeline: String
  }

  struct DecisionView: Codable {
    var pipeline: String
    var reason: String
    var message: String
    var nextSlot: SlotView?
  }
}

extension PlanView {
  /// - Parameters:
  ///   - pipelines: those that the plan may concern.
  ///   - isServed: whether a controller that stays starts slots.
  ///   - unread: why nothing is known of some engines, a sentence each.
  ///   - isWhole: whether every decision is told, of which there may be a hundred thousand.
  init(
    _ plan: Plan, slots: SlotClock, of pipelines: @autoclosure () -> [DesiredPipeline], isServed: Bool = false,
    unread: [String] = [], isWhole: Bool = true
  ) {
    let decisions = isWhole ? plan.decisions : plan.earliestSlots(PlanView.slotLimit)
    let scheduled = plan.decisions.lazy.count { $0.nextSlot != nil }
    let promises = plan.operations.isEmpty ? [] : PromiseView.all(of: plan, among: pipelines())
    self.init(
      verdict: unread.isEmpty || !plan.operations.isEmpty ? PlanView.verdict(of: plan) : "Nothing is done.",
      hasChanges: !plan.operations.isEmpty,
      changes: plan.operations.map(Change.init),
      warnings: (plan.warnings + (isServed || scheduled == 0 ? [] : [.noController(pipelines: scheduled)])).map(
        \.sentence),
      consents: plan.consents.map { operation, consent in
        ConsentView(consent: consent.rawValue, operation: operation.id.text, pipeline: operation.pipeline.text)
      },
      decisions: decisions.map { DecisionView($0, slots: slots) },
      moreSlots: isWhole || scheduled == decisions.count ? nil : scheduled - decisions.count,
      refusals: plan.refusals + unread,
      promises: promises.isEmpty ? nil : promises, wakeAt: plan.wakeAt?.description)
  }

  /// How many of the next slots are shown to somebody who did not ask for all.
  static let slotLimit = 20

  /// The next slots, earliest first: as many as are shown, and how many more there are.
  func nextSlots(atMost limit: Int) -> (shown: [(pipeline: String, slot: SlotView)], more: Int) {
    let all = decisions.compactMap { decision in decision.nextSlot.map { (decision.pipeline, $0) } }
      .sorted { ($0.1.at, $0.0) < ($1.1.at, $1.0) }
    let shown = Array(all.prefix(limit))
    return (shown, all.count - shown.count + (moreSlots ?? 0))
  }

  /// `Plan: 2 to create, 1 to start`, or that there is nothing to do; the first line of everything that shows a plan.
  static func verdict(of plan: Plan) -> String {
    guard !plan.operations.isEmpty else { return plan.refusals.isEmpty ? "Nothing to do." : "Nothing is done." }
    return "Plan: " + plan.operations.verbCounts.map { "\($0.count) to \($0.verb)" }.joined(separator: ", ")
  }
}

extension PlanView.Change {
  init(_ operation: Operation) {
    self.init(
      id: operation.id.text, verb: operation.verb, pipeline: operation.pipeline.text,
      dataEffect: operation.dataEffect.rawValue, reason: operation.reason, request: operation.request?.text,
      run: operation.effect.run?.description, mode: operation.mode?.rawValue,
      fields: operation.changes.map { PlanView.FieldView(path: $0.path, before: $0.before, after: $0.after) },
      preconditions: operation.preconditions.map(\.sentence))
  }
}

extension PlanView.DecisionView {
  init(_ decision: Decision, slots: SlotClock) {
    self.init(
      pipeline: decision.pipeline.text, reason: decision.reason.word, message: decision.reason.sentence,
      nextSlot: decision.nextSlot.map { slots.view($0, of: decision.pipeline) })
  }
}

extension Operation {
  fileprivate var mode: RunMode? {
    switch effect {
    case .start(let order): order.mode
    case .stop, .write, .configure, .forget, .settle: nil
    }
  }
}

extension [Operation] {
  /// How many of each verb, in the order of their first appearance.
  var verbCounts: [(verb: String, count: Int)] {
    var counts: [(verb: String, count: Int)] = []
    for verb in map(\.verb) {
      if let index = counts.firstIndex(where: { $0.verb == verb }) {
        counts[index].count += 1
      } else {
        counts.append((verb, 1))
      }
    }
    return counts
  }
}

extension Plan {
  /// The decisions whose slots come first, earliest first, and by name where they come at once.
  fileprivate func earliestSlots(_ limit: Int) -> [Decision] {
    var places: [(at: Timestamp, place: Int)] = []
    for (place, decision) in decisions.enumerated() {
      guard let at = decision.nextSlot else { continue }
      if let last = places.last, places.count == limit {
        guard at < last.at else { continue }
        places.removeLast()
      }
      places.insert((at, place), at: places.lastIndex { $0.at <= at }.map { $0 + 1 } ?? 0)
    }
    return places.map { decisions[$0.place] }
  }
}
