import Diagnostics
import PipelineModel
import Testing

@testable import PipectlCommands

struct PlanSlotsTests {
  /// A pipeline each minute of half an hour, in another order than their names.
  private let plan: Plan = {
    let decisions = (0..<30).map { number in
      Decision(
        pipeline: PipelineName("p\(number / 10)\(number % 10)"), reason: .upToDate,
        nextSlot: Timestamp(milliseconds: Int64(number * 7 % 30) * 60_000))
    }
    return Plan(basis: Plan.Basis(generations: [], revisions: []), operations: [], decisions: decisions)
  }()

  private func view(isWhole: Bool) -> PlanView {
    let clock = SlotClock([], now: Timestamp(milliseconds: 0))
    return PlanView(plan, slots: clock, of: [], isServed: true, isWhole: isWhole)
  }

  private func slotLines(_ view: PlanView, verbose: Bool = false) -> [String] {
    let lines = view.text(verbose: verbose, paint: Paint(isOn: false)).split(separator: "\n").map(String.init)
    return Array(lines.drop { $0 != "Next slots:" }.dropFirst().prefix { $0 != "Decisions:" })
  }

  @Test func `of many next slots the earliest twenty are shown, and the others counted`() {
    let lines = slotLines(view(isWhole: false))
    #expect(lines.count == 21)
    #expect(lines.first == "  p00  1970-01-01T00:00:00Z")
    #expect(lines[1] == "  p13  1970-01-01T00:01:00Z")
    #expect(lines[19] == "  p07  1970-01-01T00:19:00Z")
    #expect(lines.last == "  … and 10 more: `pipectl plan -v` shows them all")
  }

  @Test func `it is the same whether all decisions are told or not`() {
    #expect(slotLines(view(isWhole: true)) == slotLines(view(isWhole: false)))
    let marker = CommentMarker(environment: nil)
    let comment = view(isWhole: false).markdown(marker, mistakes: Mistakes(DiagnosticReport([])))
    #expect(comment == view(isWhole: true).markdown(marker, mistakes: Mistakes(DiagnosticReport([]))))
    #expect(comment.contains("… and 10 more"))
  }

  @Test func `whoever asks for everything gets every slot`() {
    let lines = slotLines(view(isWhole: true), verbose: true)
    #expect(lines.count == 30)
    #expect(lines.last == "  p17  1970-01-01T00:29:00Z")
  }
}
