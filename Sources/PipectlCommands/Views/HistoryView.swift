import PipelineModel

/// What happened to a pipeline: its runs, and every operation with what became of it; newest first.
struct HistoryView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "History"
  var pipeline: String
  var runs: [RunView]
  var operations: [OperationView]
  var slots: [SlotOutcomeView]

  struct OperationView: Codable {
    var id: String
    var verb: String
    var reason: String
    var dataEffect: String
    var recordedAt: String
    /// `open`, `uncertain`, `done`, `not executed`, `refused`.
    var state: String
    var message: String?
    var settledAt: String?
  }
}

extension HistoryView.OperationView {
  init(_ intent: Intent) {
    let operation = intent.operation
    self.init(
      id: operation.id.text, verb: operation.verb, reason: operation.reason, dataEffect: operation.dataEffect.rawValue,
      recordedAt: intent.recordedAt.description, state: "open")
    switch intent.state {
    case .open: break
    case .uncertain(let words, let at): (state, message, settledAt) = ("uncertain", words, at.description)
    case .settled(.done, let at): (state, settledAt) = ("done", at.description)
    case .settled(.notExecuted, let at): (state, settledAt) = ("not executed", at.description)
    case .settled(.refused(let words), let at): (state, message, settledAt) = ("refused", words, at.description)
    }
  }
}

extension HistoryView {
  func text(showsOperations: Bool, showsSlots: Bool, wide: Bool, paint: Paint) -> String {
    var lines = showsSlots ? slotLines(paint) : runLines(wide, paint)
    if showsOperations { lines += ["", "Operations:"] + operationLines(paint) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func runLines(_ wide: Bool, _ paint: Paint) -> [String] {
    runs.isEmpty ? ["\(pipeline) has never run."] : RunView.lines(runs, wide: wide, paint: paint)
  }

  private func slotLines(_ paint: Paint) -> [String] {
    slots.isEmpty ? ["No slot of \(pipeline) has been decided."] : SlotOutcomeView.lines(slots, paint: paint)
  }

  private func operationLines(_ paint: Paint) -> [String] {
    var table = Table(["OPERATION", "RECORDED", "STATE", "EFFECT ON DATA", "REASON"])
    for operation in operations {
      let state = operation.state + (operation.message.map { ": \($0)" } ?? "")
      table.add([operation.id, operation.recordedAt, state, operation.dataEffect, operation.reason])
    }
    return table.lines(indent: "  ", paint: paint)
  }
}
