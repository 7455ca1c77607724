import LocalEngine
import PipelineModel
import StoreAPI

extension Workspace {
  /// Where packages of connectors are installed.
  var connectors: ConnectorsFolder { ConnectorsFolder(Workspace.connectorsFolder(of: folder)) }

  func installedConnectors() throws(CommandEnd) -> [ConnectorInstallation] {
    guard let found = connectors.contents() else {
      throw .failed(
        "\(connectors.path) cannot be read; check its modes, or name another folder with PIPECTL_CONNECTORS")
    }
    return found
  }

  /// The names of the pipelines that name a package, by its requirement; sorted.
  func packageUsers() throws(StoreError) -> [String: [String]] {
    var users: [String: [String]] = [:]
    for record in try store.load(StoreQuery()).pipelines where !record.isForgotten {
      for requirement in Set(record.applied.spec.packages().map(\.requirement.text)) {
        users[requirement, default: []].append(record.name.text)
      }
    }
    return users.mapValues { $0.sorted() }
  }
}

extension PipelineSpec {
  /// The packages at its ends.
  func packages(isAnew: Bool = false) -> [InstallOrder] {
    guard case .replication(let work) = work else { return [] }
    let ends: [(Connector, InstallOrder.End)] = [(work.source.connector, .tap), (work.destination.connector, .target)]
    return ends.compactMap { connector, end in
      guard case .package(let text, let executable) = connector, let requirement = PackageRequirement(text) else {
        return nil
      }
      return InstallOrder(requirement, executable: executable, end: end, isAnew: isAnew)
    }
  }
}
