import Diagnostics
import PipelineModel

/// What must hold between a pipeline's wishes and what its source can do.
struct SourceCapabilityRules {
  private let spec: CheckedObject
  private let capabilities: ConnectorCapabilities
  /// Where it is said what the source cannot do.
  private let stated: CheckedObject
  private let connector: CheckedObject

  /// Nil where nothing is known of the source.
  init?(spec: CheckedObject, source: CheckedObject) {
    guard let connector = source[ConnectionFields.connector], let type = connector[ConnectorFields.type] else {
      return nil
    }
    self.spec = spec
    self.connector = connector
    switch type {
    case .builtin:
      capabilities = .builtin
      stated = connector
    case .singer:
      guard let stated = connector[ConnectorFields.capabilities] else { return nil }
      capabilities = ConnectorCapabilities(stated: stated)
      self.stated = stated
    }
  }

  var broken: [Diagnostic] { undiscovered + streams.flatMap(brokenMethod) + rounds }

  private var streams: [CheckedObject] { spec[PipelineFields.streams]?.compactMap(\.value.object) ?? [] }

  private var undiscovered: [Diagnostic] {
    guard capabilities.discovery == false, spec.says(PipelineFields.streams) else { return [] }
    return [
      refusal(
        "the source cannot tell its streams, so none can be chosen", at: spec.keyRange(of: PipelineFields.streams),
        because: CapabilityFields.discovery, help: "remove it: the source reads what it reads")
    ]
  }

  private func brokenMethod(of stream: CheckedObject) -> [Diagnostic] {
    guard capabilities.discovery != false, let method = stream[StreamFields.replication] else { return [] }
    let place = stream.range(of: StreamFields.replication)
    if method == .logBased, capabilities.logBased == false {
      return [
        refusal(
          "the source cannot read from a log", at: place, because: CapabilityFields.logBased,
          help: capabilities.state == false ? "use `full-table`" : "use `incremental` with a `key`, or `full-table`")
      ]
    }
    guard method != .fullTable, capabilities.state == false else { return [] }
    return [
      refusal(
        "the source keeps no state, so it cannot go on from where it was", at: place, because: CapabilityFields.state,
        help: "use `full-table`")
    ]
  }

  private var rounds: [Diagnostic] {
    guard capabilities.state == false, spec.says(PipelineFields.mode), spec[PipelineFields.mode] == .continuous else {
      return []
    }
    return [
      refusal(
        "the source keeps no state, so each round would read everything again", at: spec.range(of: PipelineFields.mode),
        because: CapabilityFields.state, help: "use `snapshot` with a schedule")
    ]
  }

  private func refusal(
    _ headline: String, at place: SourceRange, because field: Field<Bool>, help: String
  ) -> Diagnostic {
    let isStated = stated.says(field)
    let reason = LabelledRange(
      isStated ? stated.range(of: field) : connector.range, isStated ? "so it is stated here" : "the connector")
    return Diagnostic(.incapableConnector, headline, at: place, secondary: [reason], help: Help(help))
  }
}
