/// One change of the state folder; a list of them is one transaction.
public indirect enum StateChange: Hashable, Codable, Sendable {
  case putPipeline(PipelineRecord)
  case putRun(RunRecord)
  /// A run that was ordered, and that its engine certainly never took: there is none, and its number is not given again.
  case dropRun(RunID)
  case putRequest(RequestRecord)
  case putIntent(Intent)
  /// Adding the same origin twice changes nothing.
  case appendState(StateVersion)
  case putCatalog(CatalogRecord)
  /// The first outcome of a slot counts: another one for the same slot changes nothing.
  case putSlot(SlotRecord)
  case putSchedule(ScheduleProgress)
  /// The history of a source grows: what came of its commit comes after everything that was recorded before.
  case appendCommit(CommitRecord)
  /// Ties the folder to the environment of its first apply.
  case bindEnvironment(String)
}
