import PipelineModel
import Scheduling
import Testing

/// Compares the fast search with the oracle, forwards and, if asked, backwards.
func expectSameSlots(
  _ fields: OracleFields, _ policy: TransitionPolicy, _ zone: ZoneRules, _ oracle: MinuteOracle,
  from: Int64, to: Int64, backwards: Bool
) throws {
  let expected = oracle.slots(of: fields, policy: policy, from: from, to: to)
  let schedule = try schedule(fields.text, transitions: policy)
  let found = slots(
    of: schedule, in: zone, from: Timestamp(seconds: from), to: Timestamp(seconds: to), limit: .max)
  #expect(found == expected, "\(zone.name) \(fields.text) \(policy) \(Timestamp(seconds: from))")
  guard backwards else { return }
  var reversed: [Slot] = []
  var cursor = Timestamp(seconds: to - 1)
  while let slot = previousSlot(atOrBefore: cursor, of: schedule, in: zone), slot.instant.seconds >= from {
    reversed.append(slot)
    cursor = Timestamp(seconds: slot.instant.seconds - 1)
  }
  #expect(
    reversed.reversed() == expected, "backwards: \(zone.name) \(fields.text) \(policy) \(Timestamp(seconds: from))")
}
