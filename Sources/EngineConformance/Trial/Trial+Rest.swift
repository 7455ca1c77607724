import ControlLoop
public import PipelineModel
import SQLiteStore
import StoreAPI

extension Trial {
  /// Why it is not so that nothing is left to do (law 5); empty where it is so.
  ///
  /// - Parameter manifests: what is in force.
  public func unrest(_ manifests: DesiredPipeline...) async throws -> [String] { try await unrest(manifests) }

  public func unrest(_ manifests: [DesiredPipeline]) async throws -> [String] {
    let effects = fixture.effects
    var found = trouble + fixture.complaints
    found += try await leftToDo(manifests, "planned again")
    let again = await apply(manifests)
    if again.outcome != .done { found.append("applied again it ends with \(again.outcome)") }
    found += again.executed.map { "applied again it does \($0.operation.id)" }
    if let wakeAt = again.firstPlan?.wakeAt, wakeAt > fixture.clock.now() {
      fixture.pass(TimeSpan(milliseconds: (wakeAt - fixture.clock.now()).milliseconds - 1))
    } else {
      fixture.pass(TimeSpan(seconds: 86_400))
    }
    found += try await leftToDo(manifests, "planned later")
    if fixture.effects != effects { found.append("\(fixture.effects - effects) calls had an effect") }
    found += try store.load(StoreQuery()).intents.map { "the intent of \($0.id) is open" }
    return found
  }

  private func leftToDo(_ manifests: [DesiredPipeline], _ when: String) async throws -> [String] {
    let goal = goal(manifests, until: .settled)
    let preview = try await controller().preview(goal)
    let other = try await controller(isReversed: true).preview(goal)
    fixture.setReworded(true)
    let reworded = try await controller().preview(goal)
    fixture.setReworded(false)
    var found = preview.plan.operations.map { "\(when) there is \($0.id): \($0.reason)" }
    found += preview.plan.bookkeeping.map { "\(when) there is something to note: \($0)" }
    if let refusal = preview.refusal { found.append("\(when) it is refused: \(refusal)") }
    if other.plan.operations != preview.plan.operations || other.plan.decisions != preview.plan.decisions {
      found.append("\(when), the order of the answers makes another plan")
    }
    found += reworded.plan.operations.map { "\(when), with the same said in other words there is \($0.id)" }
    if let refusal = reworded.refusal { found.append("\(when), said in other words it is refused: \(refusal)") }
    return found
  }
}
