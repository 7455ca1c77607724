public import PipelineModel

/// The engines that a controller can call, by name; it may come to know others while it lives.
public protocol EngineDirectory: Sendable {
  /// The engine of that name; nil where nobody has described it.
  ///
  /// - Parameter spec: as manifests at hand describe it; absent: as it was recorded last.
  func engine(_ name: EngineName, as spec: EngineSpec?) -> (any Engine)?

  /// Hears how an engine is described from now on; called before that is recorded with a pipeline.
  func record(_ spec: EngineSpec) throws(EngineError)

  /// Every engine that is recorded, sorted by name.
  var recorded: [any Engine] { get }
}

/// Engines that are known from the beginning, and no others.
public struct FixedEngines: EngineDirectory {
  private let engines: [any Engine]

  public init(_ engines: [any Engine]) {
    self.engines = engines.sorted { $0.name < $1.name }
  }

  public func engine(_ name: EngineName, as spec: EngineSpec?) -> (any Engine)? { engines.first { $0.name == name } }
  public func record(_ spec: EngineSpec) {}
  public var recorded: [any Engine] { engines }
}
