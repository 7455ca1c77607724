import PipelineModel

extension PipelineLowering {
  func lower(connection reference: Reference) throws(AlreadyReported) -> Connection {
    let connector = try reference.object.require(ConnectionFields.connector)
    guard case .object(let config) = try reference.object.require(ConnectionFields.config).value else {
      throw AlreadyReported()
    }
    return Connection(
      name: reference.manifest?.name,
      connector: try lower(connector: connector),
      config: config,
      environment: (connector[ConnectorFields.env] ?? []).compactMap { entry in
        entry.value.value.setting.map { ConfigEntry(entry.key, $0) }
      },
      catalogArgument: try connector.require(ConnectorFields.catalogArgument),
      capabilities: connector[ConnectorFields.capabilities].map(ConnectorCapabilities.init(stated:)) ?? .unknown)
  }

  private func lower(connector: CheckedObject) throws(AlreadyReported) -> Connector {
    switch try connector.require(ConnectorFields.type) {
    case .builtin: return .builtin(try connector.require(ConnectorFields.name))
    case .singer:
      guard let package = connector[ConnectorFields.package] else {
        return .executable(try connector.require(ConnectorFields.executable))
      }
      return .package(requirement: package, executable: connector[ConnectorFields.executable])
    }
  }
}

extension ConnectorCapabilities {
  /// As a manifest states them.
  init(stated: CheckedObject) {
    self.init(
      discovery: stated[CapabilityFields.discovery], state: stated[CapabilityFields.state],
      logBased: stated[CapabilityFields.logBased])
  }
}
