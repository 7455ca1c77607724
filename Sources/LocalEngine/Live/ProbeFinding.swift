public import PipelineModel
public import SingerProtocol

/// What a look at a connector brought to light.
public enum ProbeFinding: Hashable, Sendable {
  /// `path` is as in the connection: `config.password`, `connector.env.PGPASSWORD`.
  case secretUnresolved(path: String, Failure)
  case programMissing(Failure)
  /// It is there, and cannot be started, or ends by a signal.
  case doesNotStart(Failure)
  /// It answers neither `--about` nor `--help`.
  case answersNothing(Failure)
  /// Its own description of its settings is against one of them.
  case setting(SettingsProblem)
  /// It does not know the option that would hand it its catalog, but the other one.
  case catalogOption(known: Connection.CatalogArgument)
  case discoveryFailed(Failure)
  /// Something of this machine that was needed for the look.
  case machine(Failure)
}
