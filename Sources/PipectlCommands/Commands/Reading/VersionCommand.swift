import ArgumentParser
import SQLiteStore

/// The program and what it was built with.
struct VersionView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Version"
  var version: String
  /// The SQLite that the state folder is kept with.
  var sqlite: String
  /// The zone data inside the program.
  var zoneData: String
  /// The zone data of the machine; absent where there is none.
  var systemZoneData: String?
  var platform: String
}

struct VersionCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let view = VersionView(
      version: pipectlVersion, sqlite: SQLiteStore.linkedVersion, zoneData: builtInZoneData(),
      systemZoneData: systemZoneVersion(), platform: platform)
    try global.terminal.show(view, as: output) { _ in
      (["pipectl \(view.version)"]
        + labelled([
          ("SQLite", view.sqlite), ("Zone data", "\(view.zoneData) (machine: \(view.systemZoneData ?? "none"))"),
          ("Platform", view.platform),
        ])).joined(separator: "\n") + "\n"
    }
    return .done()
  }

  private var platform: String {
    #if arch(x86_64)
      "linux/x86_64"
    #elseif arch(arm64)
      "linux/arm64"
    #else
      "linux"
    #endif
  }
}
