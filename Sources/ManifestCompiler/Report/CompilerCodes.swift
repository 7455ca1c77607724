public import Diagnostics

/// What is wrong with the values, the structure and the references of manifests.
extension DiagnosticCode {
  /// A value of another type than the field has.
  public static let wrongType = DiagnosticCode("PC0101")
  /// `yes`, `no`, `on`, `off`, which are texts, where a boolean belongs.
  public static let booleanWord = DiagnosticCode("PC0102")
  /// Null, or no value at all, where it has no meaning.
  public static let nullValue = DiagnosticCode("PC0103")
  /// A text that is not a duration.
  public static let invalidDuration = DiagnosticCode("PC0104")
  /// A number or a duration outside its bounds.
  public static let outOfBounds = DiagnosticCode("PC0105")
  /// A text that is not an instant.
  public static let invalidInstant = DiagnosticCode("PC0106")
  /// A text that is not a cron expression.
  public static let invalidCron = DiagnosticCode("PC0107")
  /// A zone that is not in the zone data.
  public static let unknownTimeZone = DiagnosticCode("PC0108")
  /// A word that is not one of those the field knows.
  public static let unknownWord = DiagnosticCode("PC0109")
  /// A name with characters that names do not have.
  public static let invalidName = DiagnosticCode("PC0110")
  /// An empty text, list or mapping that says nothing.
  public static let emptyValue = DiagnosticCode("PC0111")
  /// An executable that is neither an absolute path nor a bare name.
  public static let invalidExecutable = DiagnosticCode("PC0112")
  /// A text that is not a package requirement.
  public static let invalidRequirement = DiagnosticCode("PC0113")
  /// A requirement that several versions fit.
  public static let unpinnedPackage = DiagnosticCode("PC0114")
  /// A built-in connector that does not exist.
  public static let unknownBuiltin = DiagnosticCode("PC0115")
  /// A secret written out.
  public static let literalSecret = DiagnosticCode("PC0116")
  /// A reference to a secret that is not one.
  public static let invalidSecretReference = DiagnosticCode("PC0117")
  /// A text that breaks the rule of its field.
  public static let invalidText = DiagnosticCode("PC0118")
  /// The same thing twice in a list.
  public static let duplicateItem = DiagnosticCode("PC0119")
  /// A built-in connector at the wrong end of a pipeline.
  public static let wrongEnd = DiagnosticCode("PC0120")
  /// A reference to a secret among the arguments of a program.
  public static let secretInArguments = DiagnosticCode("PC0121")

  /// A key that its mapping does not have.
  public static let unknownKey = DiagnosticCode("PC0201")
  /// A key that must be there and is not.
  public static let missingKey = DiagnosticCode("PC0202")
  /// Keys that exclude each other.
  public static let conflictingKeys = DiagnosticCode("PC0203")
  /// A key that means nothing beside the others.
  public static let meaninglessKey = DiagnosticCode("PC0204")
  /// A version of the manifest language that is not known.
  public static let unsupportedAPIVersion = DiagnosticCode("PC0205")
  /// A kind that is not known.
  public static let unknownKind = DiagnosticCode("PC0206")
  /// Two manifests of a kind with one name.
  public static let duplicateName = DiagnosticCode("PC0207")

  /// A name that no manifest of the kind has.
  public static let unresolvedReference = DiagnosticCode("PC0301")
  /// A name that belongs to a manifest of another kind.
  public static let wrongKindReference = DiagnosticCode("PC0302")
  /// An environment that no manifest defines.
  public static let unknownEnvironment = DiagnosticCode("PC0303")
  /// A variable that the chosen environment does not set.
  public static let unsetVariable = DiagnosticCode("PC0304")
  /// A `${` that does not begin a variable.
  public static let malformedVariable = DiagnosticCode("PC0305")
  /// A patch whose target matches no manifest.
  public static let idlePatch = DiagnosticCode("PC0306")
  /// A variable that holds a reference to a secret, within a longer text.
  public static let secretInText = DiagnosticCode("PC0307")

  /// A type of engine that this version cannot run.
  public static let unavailableEngine = DiagnosticCode("PC0401")
  /// A type of engine that does not exist.
  public static let unknownEngineType = DiagnosticCode("PC0402")
  /// A remote definition on an engine that holds none.
  public static let remoteOnLocalEngine = DiagnosticCode("PC0403")
  // PC0404 said that packages are not installed; it is not to be used again.
  /// A mode that the engine does not have.
  public static let unsupportedMode = DiagnosticCode("PC0405")
  /// `complete` for a pipeline that is not continuous.
  public static let completeNeedsContinuous = DiagnosticCode("PC0406")
  /// `complete` on an engine that cannot.
  public static let cannotComplete = DiagnosticCode("PC0407")
  /// `dropDestinationFirst` where nothing can drop it.
  public static let cannotDropDestination = DiagnosticCode("PC0408")
  /// A setting of schedules on an engine that keeps its own.
  public static let engineOwnsSchedule = DiagnosticCode("PC0409")
  /// A setting that a built-in connector does not take, or lacks.
  public static let connectorSetting = DiagnosticCode("PC0410")
  /// Something that a command does not declare that it can do.
  public static let undeclaredCapability = DiagnosticCode("PC0411")
  /// A command on an engine that runs none.
  public static let commandOnOtherEngine = DiagnosticCode("PC0412")
  /// Something that a connector cannot do.
  public static let incapableConnector = DiagnosticCode("PC0413")
  /// A schedule that the engine cannot keep.
  public static let unkeepableSchedule = DiagnosticCode("PC0414")
  /// A credential that the engine's interface does not take.
  public static let unknownCredential = DiagnosticCode("PC0415")
  /// A pipeline on this machine by another name than `local`.
  public static let secondLocalEngine = DiagnosticCode("PC0416")
  /// A start of a pipeline that is to be paused, where a paused one starts nothing.
  public static let startWhilePaused = DiagnosticCode("PC0421")
  /// A pause that is to end a run, on an engine that leaves runs alone.
  public static let pauseLeavesRun = DiagnosticCode("PC0422")

  /// Streams of an object of an engine that takes no selection.
  public static let unselectableStreams = DiagnosticCode("PC0430")
  /// A job action for an object that takes none.
  public static let notOnDemand = DiagnosticCode("PC0431")
  /// Two pipelines that describe the same object of an engine.
  public static let sharedObject = DiagnosticCode("PC0432")

  /// An interface that asks nobody who calls, on another machine.
  public static let unguardedAddress = DiagnosticCode("PC0440")
  /// A migration on an engine that runs none, or another work on one that runs nothing else.
  public static let misplacedMigration = DiagnosticCode("PC0441")
  /// Several runs at a time on an engine that runs one.
  public static let tooManyRuns = DiagnosticCode("PC0442")
}
