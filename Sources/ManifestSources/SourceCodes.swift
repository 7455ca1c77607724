public import Diagnostics

/// What can be wrong with a `-f` argument.
extension DiagnosticCode {
  public static let noSuchFile = DiagnosticCode("PC0501")
  public static let unreadableFile = DiagnosticCode("PC0502")
  public static let notAFile = DiagnosticCode("PC0503")
  public static let noManifests = DiagnosticCode("PC0504")
  public static let linkLeavesFolder = DiagnosticCode("PC0505")
  public static let inputNamedTwice = DiagnosticCode("PC0506")
}
