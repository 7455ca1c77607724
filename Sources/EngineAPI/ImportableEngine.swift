public import PipelineModel

/// An engine that holds definitions which can be taken into manifests.
public protocol ImportableEngine: Engine {
  /// Everything that a pipeline could stand for, in any order, each object once; nothing is written.
  ///
  /// All of it, or an error: what is missing from the answer would be missing from the manifests.
  ///
  /// - Parameters:
  ///   - engine: what the specs name as their engine.
  ///   - withStreams: whether they declare the selection of streams too, where the engine has one; that is a call for each object.
  func inventory(as engine: EngineSpec, withStreams: Bool) async throws(EngineError) -> EngineInventory
}

extension ImportableEngine {
  /// Without the selection of streams.
  public func inventory(as engine: EngineSpec) async throws(EngineError) -> EngineInventory {
    try await inventory(as: engine, withStreams: false)
  }
}

/// What an engine holds.
public struct EngineInventory: Hashable, Sendable {
  public var objects: [ImportableObject]
  /// What no manifest says of any of them, and what therefore stays there as it is: `stream selection`.
  public var staysThere: [String]

  public init(objects: [ImportableObject], staysThere: [String] = []) {
    self.objects = objects
    self.staysThere = staysThere
  }
}

/// Something that an engine holds, and what a manifest would say of it.
public struct ImportableObject: Hashable, Sendable {
  /// As the engine names it.
  public var id: String
  /// What people call it there.
  public var displayName: String
  /// In the engine's words; absent where it has none.
  public var type: String?
  public var standing: Standing
  /// What a manifest cannot say of it, and what whoever takes it over should know: sentences without a full stop.
  public var remarks: [String]

  public enum Standing: Hashable, Sendable {
    /// All that was observed, as a manifest says it: the plan for that manifest is empty.
    case described(PipelineSpec)
    /// There is nothing to take over, and why: `it was deleted in Stitch`.
    case passedOver(String)
  }

  public init(
    id: String, displayName: String, type: String? = nil, standing: Standing, remarks: [String] = []
  ) {
    self.id = id
    self.displayName = displayName
    self.type = type
    self.standing = standing
    self.remarks = remarks
  }
}
