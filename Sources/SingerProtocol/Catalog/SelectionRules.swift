/// Which streams of a catalog are wanted, and how.
public enum SelectionRules: Hashable, Sendable {
  /// Every stream, each as the tap suggests.
  case all
  /// The first matching rule counts; exact names come before patterns.
  case rules([SelectionRule])
}
