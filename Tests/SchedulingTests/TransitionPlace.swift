import PipelineModel

/// A transition of a zone, with what else happens to the zone's clocks within some days of it.
struct TransitionPlace: Hashable, Sendable {
  let at: Int64
  let before: Int
  let after: Int
  /// All transitions within eight days.
  let near: [ZoneRules.Transition]
  /// The offset before the first of them.
  let nearInitial: Int

  /// What can matter to a search for slots: two transitions of one kind differ in nothing but the date.
  struct Kind: Hashable {
    let before: Int
    let after: Int
    let secondOfDay: Int64
    let weekday: Int
    /// The other transitions nearby, by their distance.
    let others: [ZoneRules.Transition]
  }

  var kind: Kind {
    let wall = at + Int64(before)
    return Kind(
      before: before, after: after, secondOfDay: ((wall % 86_400) + 86_400) % 86_400,
      weekday: CivilTime(secondsSinceEpoch: wall).weekday,
      others: near.filter { $0.at != at }.map { ZoneRules.Transition(at: $0.at - at, offset: $0.offset) })
  }

  func offset(at instant: Int64) -> Int {
    near.last { $0.at <= instant }?.offset ?? nearInitial
  }

  /// The greatest step by which every whole minute of the clock is met.
  var step: Int64 {
    let offsets = near.map(\.offset) + [nearInitial]
    return [60, 30, 20, 15, 10, 6, 5, 4, 3, 2].first { step in offsets.allSatisfy { $0 % step == 0 } }.map(Int64.init)
      ?? 1
  }
}

extension ZoneRules {
  /// Its transitions, each with what is near.
  var places: [TransitionPlace] {
    transitions.indices.map { index in
      let near = (max(0, index - 8)..<min(transitions.count, index + 9)).filter {
        abs(transitions[$0].at - transitions[index].at) < 8 * 86_400
      }
      func offset(before index: Int) -> Int { index == 0 ? initialOffset : transitions[index - 1].offset }
      return TransitionPlace(
        at: transitions[index].at, before: offset(before: index), after: transitions[index].offset,
        near: near.map { transitions[$0] }, nearInitial: offset(before: near[0]))
    }
  }
}
