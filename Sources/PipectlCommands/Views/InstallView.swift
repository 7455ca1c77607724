import LocalEngine
import PipelineModel

/// What `connectors install` did.
struct InstallView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "ConnectorInstalling"
  var items: [Item]

  struct Item: Codable {
    var requirement: String
    var outcome: Outcome
    /// Of its folder; absent where it failed.
    var name: String?
    var executables: [String]?
    var failure: RunSummary.FailureView?
  }

  enum Outcome: String, Codable {
    case installed = "Installed"
    case present = "Present"
    case failed = "Failed"
  }

  init(items: [Item]) { self.items = items }

  /// Absent where all are there.
  var problem: String? {
    let failed = items.filter { $0.outcome == .failed }.map(\.requirement)
    guard !failed.isEmpty else { return nil }
    return "\(failed.count) of \(counted(items.count, "connector")) cannot be used: \(listed(failed))"
  }
}

extension InstallView.Item {
  init(_ order: InstallOrder, _ result: InstallResult) {
    requirement = order.requirement.text
    let installation: ConnectorInstallation
    switch result {
    case .installed(let made): (outcome, installation) = (.installed, made)
    case .present(let found): (outcome, installation) = (.present, found)
    case .failed(let error):
      outcome = .failed
      failure = RunSummary.FailureView(code: error.code.rawValue, message: error.message, lastLines: error.lastLines)
      return
    }
    name = installation.name
    executables = installation.contents?.executables
  }

  var line: String {
    let programs = (executables ?? []).isEmpty ? "" : " (\(listed(executables ?? [])))"
    switch outcome {
    case .installed: return "\(requirement): installed\(programs)"
    case .present: return "\(requirement): there already\(programs)"
    case .failed:
      let lines = (failure?.lastLines ?? []).map { "\n  | " + $0 }.joined()
      return "\(requirement): \(failure?.code ?? "failed"): \(failure?.message ?? "")\(lines)"
    }
  }
}
