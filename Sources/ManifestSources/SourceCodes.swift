public import Diagnostics

/// What can be wrong with a `-f` argument, or with what a commit holds.
extension DiagnosticCode {
  public static let noSuchFile = DiagnosticCode("PC0501")
  public static let unreadableFile = DiagnosticCode("PC0502")
  public static let notAFile = DiagnosticCode("PC0503")
  public static let noManifests = DiagnosticCode("PC0504")
  public static let linkLeavesFolder = DiagnosticCode("PC0505")
  public static let inputNamedTwice = DiagnosticCode("PC0506")
  public static let linkInCommit = DiagnosticCode("PC0507")
  public static let submodule = DiagnosticCode("PC0508")
  public static let pathLeavesTree = DiagnosticCode("PC0509")
  public static let nameNotUTF8 = DiagnosticCode("PC0510")
  public static let manifestTooLarge = DiagnosticCode("PC0511")
  public static let commitTooLarge = DiagnosticCode("PC0512")
  public static let noSuchPathInCommit = DiagnosticCode("PC0513")
}
