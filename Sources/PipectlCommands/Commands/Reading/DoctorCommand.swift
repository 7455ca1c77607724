import ArgumentParser

struct DoctorCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the state folder and the machine, and say how to mend what is broken.")

  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  /// It is one of the findings.
  var mindsLostMemory: Bool { false }

  func verdict() async throws -> Verdict {
    let view = DoctorView(checks: await FolderCheckup(folder: global.folder).checks() + MachineCheckup().checks())
    try global.terminal.show(view, as: output) { view.text(paint: $0) }
    let broken = view.broken.map(\.name)
    return broken.isEmpty ? .done() : .failed("broken: \(listed(broken))")
  }
}
