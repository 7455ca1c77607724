/// Where the controller dies. Between two effects nothing but a pure step happens, so these are all the places there are.
public enum CrashPlan: Hashable, Sendable {
  case never
  /// Before the effect with that number, counted over the whole scenario from 1.
  case before(Int)
  /// Before each effect with that chance, in percent.
  case sometimes(Int)
}
