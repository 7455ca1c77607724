internal import PipelineModel

/// Which stop was asked for, and how far it has come.
final class StopDesk {
  private let ledger: RunLedger
  private var progress: StopProgress?

  init(_ ledger: RunLedger) {
    self.ledger = ledger
  }

  var isCancelling: Bool { progress?.kind == .cancel }
  var isCompleting: Bool { progress?.kind == .complete }
  var isStopping: Bool { progress != nil }

  /// A cancel outdoes a complete, and nothing outdoes a cancel.
  func ask(_ kind: StopKind, at instant: Timestamp) {
    guard progress == nil || (kind == .cancel && isCompleting) else { return }
    move(StopProgress(kind: kind, step: .requested, since: instant))
    if kind == .complete { advance(to: .delivered) }
  }

  /// Records a later step of a cancel; nothing where none was asked for.
  func advance(to step: StopStep) {
    guard let progress, progress.step != step, !(progress.step == .terminating && step == .delivered) else { return }
    move(StopProgress(kind: progress.kind, step: step, since: Clock.now()))
  }

  private func move(_ next: StopProgress) {
    progress = next
    ledger.record(.stop(next), durably: true)
  }
}
