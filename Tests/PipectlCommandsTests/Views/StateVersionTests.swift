import PipelineModel
import Testing

@testable import PipectlCommands

struct StateVersionTests {
  /// Newest first: run 1 confirmed two states, then one was set by hand, then run 2 confirmed one.
  private let versions = [
    Sample.version(2, 1, at: 250),
    StateVersion(
      pipeline: Sample.orders, origin: .command(Sample.at(220), reason: "oops"), at: Sample.at(220), text: nil),
    Sample.version(1, 2, at: 160), Sample.version(1, 1, at: 150),
  ]

  @Test func `a run's states before and after are found`() {
    let second = Sample.run(2, .ended(.succeeded), startedAt: 240)
    #expect(versions.before(second) == versions[1])
    #expect(versions.after(second) == versions[0])
    let first = Sample.run(1, .ended(.succeeded), startedAt: 140)
    #expect(versions.before(first) == nil)
    #expect(versions.after(first) == versions[2], "the last one")
  }

  @Test func `a run that confirmed nothing began with what there was`() {
    let third = Sample.run(3, .ended(.failed(Sample.failure)), startedAt: 300)
    #expect(versions.before(third) == versions[0])
    #expect(versions.after(third) == nil)
    let early = Sample.run(3, .ended(.failed(Sample.failure)), startedAt: 155)
    #expect(versions.before(early) == versions[3])
  }

  @Test(arguments: [RunMode.historical, .snapshot])
  func `a run that reads everything begins without a state`(mode: RunMode) {
    #expect(versions.before(Sample.run(2, .ended(.succeeded), mode: mode, startedAt: 240)) == nil)
  }

  @Test func `what a living run confirmed is its state after, before anybody recorded it`() {
    var run = Sample.run(3, .active(.extract))
    run.report.confirmedStates = [ConfirmedState(sequence: 7, at: Sample.at(310), text: "{}")]
    #expect(versions.after(run)?.origin.reference == "orders.3/7")
  }

  @Test(arguments: [("orders.1/2", 2), ("orders.1/1", 3), ("orders.1", 2), ("2026-11-18T", nil), ("orders.3", nil)])
  func `a version is named by run and number, by its run, or by its instant`(words: String, index: Int?) {
    #expect(versions.firstIndex { $0.origin.isNamed(words) } == index)
    #expect(versions.firstIndex { $0.origin.isNamed(Sample.at(220).description) } == 1)
  }

  @Test(arguments: [
    (#"{"bookmarks":{"o":{"replication_key":"at","replication_key_value":"2026-01-01"}}}"#, "o at=2026-01-01"),
    (
      #"{"bookmarks":{"o":{"replication_key":"id","replication_key_value":7},"a":{"page":2}}}"#,
      #"a {"page":2} and o id=7"#
    ),
    (#"{"cursor":"x"}"#, #"{"cursor":"x"}"#),
  ])
  func `a state is told on one line`(text: String, digest: String) {
    #expect(StateVersionView(Sample.version(1, 1, at: 0, text)).digest == digest)
  }

  @Test func `a cleared state says what it means`() {
    let view = StateVersionView(versions[1])
    #expect(view.isEmpty)
    #expect(view.digest.contains("without a state"))
    #expect(view.text(paint: Paint(isOn: false)).contains("set by hand: oops"))
  }
}
