/// What was seen, and when, of the object at an engine that a pipeline stands for.
public struct HeldRecord: Hashable, Codable, Sendable {
  /// As it was seen last.
  @Boxed public var definition: HeldDefinition
  /// When it was first seen that the engine itself keeps it from running; absent while it does not.
  public var holdSeenAt: Timestamp?
  /// When it was first seen that the engine no longer has it; absent while it does.
  public var goneSeenAt: Timestamp?
  /// What somebody changed there, and pipectl did not; sorted by field.
  public var drift: [Drift]
  /// Why the engine did not take what was declared last; absent where it did.
  public var refusal: SettingsRefusal?
  /// Whether it is paused once a pause or resume by command ends, while the manifest says nothing: what it was before that was written, or
  /// what was declared since. Absent where none was written, and once that is taken back.
  public var pauseBefore: Bool?

  public init(
    definition: HeldDefinition, holdSeenAt: Timestamp? = nil, goneSeenAt: Timestamp? = nil, drift: [Drift] = [],
    refusal: SettingsRefusal? = nil, pauseBefore: Bool? = nil
  ) {
    _definition = Boxed(wrappedValue: definition)
    self.holdSeenAt = holdSeenAt
    self.goneSeenAt = goneSeenAt
    self.drift = drift
    self.refusal = refusal
    self.pauseBefore = pauseBefore
  }
}

/// What an engine said to settings that it will not take; they are not sent again before a while.
public struct SettingsRefusal: Hashable, Codable, Sendable {
  public var generation: Int
  public var message: String
  public var at: Timestamp

  public init(generation: Int, message: String, at: Timestamp) {
    self.generation = generation
    self.message = message
    self.at = at
  }

  /// When they may be sent again although nothing has changed here: what stood in the way may be gone.
  public var ends: Timestamp { at + TimeSpan(seconds: 3600) }
}

/// A change under our feet.
public struct Drift: Hashable, Codable, Sendable {
  public var field: HeldField
  public var before: String?
  public var after: String?
  /// When it was first seen; it may have happened earlier.
  public var seenAt: Timestamp

  public init(_ field: HeldField, before: String?, after: String?, seenAt: Timestamp) {
    self.field = field
    self.before = before
    self.after = after
    self.seenAt = seenAt
  }
}

/// What a manifest may declare of an object that an engine holds.
public enum HeldField: String, Hashable, Codable, Sendable, CaseIterable {
  case schedule, paused, streams
}

extension HeldDefinition {
  /// A field for a person; absent where there is nothing.
  public func words(for field: HeldField) -> String? {
    switch field {
    case .schedule: schedule.words
    case .paused: isPaused ? "true" : "false"
    case .streams: streams.map { $0.differences.isEmpty ? "as declared" : $0.differences.joined(separator: ", ") }
    }
  }
}

extension PipelineRecord {
  /// Whether a field is as it is declared; absent where nothing is declared of it.
  public func agrees(_ held: HeldDefinition, on field: HeldField, at now: Timestamp) -> Bool? {
    switch field {
    case .schedule:
      switch applied.spec.schedule {
      case .slots(let schedule): return held.schedule.keeps(schedule.cadence)
      case .none: return held.schedule == .none
      case .unmanaged: return nil
      }
    case .paused: return declaresPause(at: now).map { $0 == held.isPaused }
    case .streams:
      return applied.spec.selection.map { held.streams?.declared == $0 && held.streams?.differences.isEmpty == true }
    }
  }

  /// Whether the object is to be paused: as a command or the manifest says, else as it was before a command; absent where nobody says.
  public func declaresPause(at now: Timestamp) -> Bool? {
    guard isOverridden(at: now) || applied.spec.paused != .unmanaged else { return held?.pauseBefore }
    return pause(at: now) != nil
  }

  /// What is known of the object, once the engine was looked at.
  ///
  /// - Parameter definition: nil where the engine does not have it.
  public func seeing(_ definition: HeldDefinition?, id: String, at now: Timestamp) -> HeldRecord {
    let known = held.flatMap { $0.definition.id == id ? $0 : nil }
    guard let definition else {
      var gone = known ?? HeldRecord(definition: HeldDefinition(id: id, schedule: .none, isPaused: false))
      gone.goneSeenAt = gone.goneSeenAt ?? now
      return gone
    }
    if let words = definition.unread {
      var same = known ?? HeldRecord(definition: definition)
      (same.definition.unread, same.goneSeenAt) = (words, nil)
      return same
    }
    guard var next = known, next.goneSeenAt == nil, next.definition.schedule != .untold else {
      return HeldRecord(
        definition: definition, holdSeenAt: definition.hold.map { _ in now }, pauseBefore: known?.pauseBefore)
    }
    next.holdSeenAt = definition.hold == nil ? nil : next.holdSeenAt ?? now
    next.drift = HeldField.allCases.compactMap { drift(in: $0, from: next, to: definition, at: now) }
    if !differs(from: definition, at: now) { next.refusal = nil }
    if !isOverridden(at: now), agrees(definition, on: .paused, at: now) == true { next.pauseBefore = nil }
    next.definition = definition
    return next
  }

  /// Whether something declared is not as it is there.
  private func differs(from definition: HeldDefinition, at now: Timestamp) -> Bool {
    HeldField.allCases.contains { agrees(definition, on: $0, at: now) == false }
  }

  /// A change that is not ours: what differs from the look before, and is not what is declared. It is over when it is as declared, or as
  /// it was.
  private func drift(
    in field: HeldField, from known: HeldRecord, to definition: HeldDefinition, at now: Timestamp
  ) -> Drift? {
    let (before, after) = (known.definition.words(for: field), definition.words(for: field))
    var drift = known.drift.first { $0.field == field }
    if before != after, field != .streams || known.definition.streams?.declared == definition.streams?.declared {
      drift = Drift(field, before: drift?.before ?? before, after: after, seenAt: now)
    }
    guard let drift else { return nil }
    let isOver = agrees(definition, on: field, at: now) ?? (drift.before == drift.after)
    return isOver ? nil : drift
  }
}
