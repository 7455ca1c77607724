import Diagnostics

/// What is found wrong when connectors are looked at.
extension DiagnosticCode {
  /// A secret that cannot be read where pipectl runs.
  static let unreadableSecret = DiagnosticCode("PC0701")
  /// A program that is not there or cannot be started.
  static let missingProgram = DiagnosticCode("PC0702")
  /// A program that is there and does not run.
  static let unresponsiveProgram = DiagnosticCode("PC0703")
  /// A setting that the connector would refuse.
  static let refusedSetting = DiagnosticCode("PC0704")
  /// A setting that the connector does not know.
  static let unknownSetting = DiagnosticCode("PC0705")
  /// A `catalogArgument` that the tap does not know.
  static let unknownCatalogOption = DiagnosticCode("PC0706")
  /// A discovery that fails, takes too long, or prints no catalog.
  static let failedDiscovery = DiagnosticCode("PC0707")
  /// A stream that the tap does not offer.
  static let noSuchStream = DiagnosticCode("PC0708")
  /// A field or a key that the stream does not have.
  static let noSuchField = DiagnosticCode("PC0709")
  /// A key that is missing, or cannot be one.
  static let unusableKey = DiagnosticCode("PC0710")
  /// A way of replication that the tap does not allow.
  static let unusableMethod = DiagnosticCode("PC0711")
  /// A field that cannot be chosen or left out.
  static let unusableField = DiagnosticCode("PC0712")
  /// An incremental stream without key properties.
  static let keylessStream = DiagnosticCode("PC0713")
  /// The machine could not give what a look at a connector needs.
  static let lookFailed = DiagnosticCode("PC0714")
}
