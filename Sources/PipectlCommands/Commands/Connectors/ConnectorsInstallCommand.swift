import ArgumentParser
import Foundation
import LocalEngine
import PipelineModel

struct ConnectorsInstallCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install connectors ahead of the runs that need them, and see whether they start.",
    usage: "pipectl connectors install -f PATH ... | --requirement REQUIREMENT ... [--reinstall]",
    discussion:
      "All are tried, also where one fails. What is there already is left as it is, unless --reinstall is given.")

  @OptionGroup var manifests: ManifestOptions
  @Option(
    name: .customLong("requirement"), parsing: .singleValue,
    help: "A package such as `tap-x==1.2.3`; may be given several times.")
  var requirements: [RequirementArgument] = []
  @Flag(help: "Make anew what is there already; runs that use it are waited for.")
  var reinstall = false
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if manifests.files.isEmpty && requirements.isEmpty {
      throw ValidationError("name manifests with -f, or packages with --requirement")
    }
  }

  func verdict() async throws -> Verdict {
    Interruption.watch()
    let orders = try orders()
    let folder = ConnectorsFolder(Workspace.connectorsFolder(of: global.folder))
    var items: [InstallView.Item] = []
    for order in orders {
      if let number = Interruption.signalNumber {
        return .interrupted("Interrupted; nothing half-made is used.", signal: number)
      }
      let item = InstallView.Item(order, await install(order, in: folder))
      if output == .text { global.terminal.data(item.line) }
      items.append(item)
    }
    let view = InstallView(items: items)
    if let form = output.data { try global.terminal.document(view, as: form) }
    if let number = Interruption.signalNumber {
      return .interrupted("Interrupted; nothing half-made is used.", signal: number)
    }
    return view.problem.map { .failed($0) } ?? .done(orders.isEmpty ? "The manifests name no package." : nil)
  }

  /// In the order in which they are named, each once.
  private func orders() throws(CommandEnd) -> [InstallOrder] {
    var orders = requirements.map { InstallOrder($0.requirement, isAnew: reinstall) }
    guard !manifests.files.isEmpty else { return orders }
    for pipeline in try manifests.desiredState(global.terminal, beside: document).pipelines {
      for order in pipeline.spec.packages(isAnew: reinstall) where !orders.contains(order) { orders.append(order) }
    }
    return orders
  }

  /// On a thread of its own, for it blocks.
  private func install(_ order: InstallOrder, in folder: ConnectorsFolder) async -> InstallResult {
    let terminal = global.terminal
    let name = order.requirement.name
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let result = folder.install(
          order, environment: ProcessInfo.processInfo.environment,
          isInterrupted: { Interruption.signalNumber != nil }
        ) { line in terminal.say(terminal.paint.faint("\(name) | ") + line) }
        continuation.resume(returning: result)
      }
    }
  }
}

/// `tap-x==1.2.3`.
struct RequirementArgument: ExpressibleByArgument {
  let requirement: PackageRequirement

  init?(argument: String) {
    guard let requirement = PackageRequirement(argument) else { return nil }
    self.requirement = requirement
  }
}
