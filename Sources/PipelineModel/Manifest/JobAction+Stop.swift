extension JobAction {
  /// How it ends a run; absent for one that starts some.
  public var stopKind: StopKind? {
    switch self {
    case .start: nil
    case .cancel: .cancel
    case .complete: .complete
    }
  }
}
