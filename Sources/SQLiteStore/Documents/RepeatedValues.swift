import Foundation
import PipelineModel
import Synchronization

/// Values that many documents have in common, each decoded once: a connector, a schedule, the spec that a run was ordered with.
///
/// The documents have sorted keys, so equal values are equal bytes. Several threads share it, for one list of documents.
final class RepeatedValues: Sendable {
  private let shelves = (0..<16).map { _ in Shelf() }
  /// Few, so that one is found sooner by looking through them than by its hash.
  private let types: [ObjectIdentifier]

  /// - Parameter hasRuns: whether runs are among the documents: they repeat the specs of pipelines, which seldom repeat each other's.
  init(hasRuns: Bool = true) {
    types = hasRuns ? Self.types : Self.types.filter { $0 != ObjectIdentifier(Boxed<PipelineSpec>.self) }
  }

  /// Whether a type's values are looked for: those that documents repeat more often than not, and that are slow to decode.
  func hold(_ type: Any.Type) -> Bool { types.contains(ObjectIdentifier(type)) }

  private static let types: [ObjectIdentifier] =
    [
      Boxed<PipelineSpec>.self, EngineSpec.self, ScheduleSetting.self, PauseSetting.self, JobRequest.self, Limits.self,
      RetryPolicy.self, StreamSelection.self, Connector.self, ConnectorCapabilities.self, SecretReference.self,
      SourceSet.self, PipelineRecord.Lifecycle.self, [DesiredPipeline.Label].self, [AllowedEffect].self,
      BookmarkScope.self, RunTrigger.self,
      RunStatus.self, ProcessExit.self, [RunCondition].self,
    ].map { (type: any Any.Type) in ObjectIdentifier(type) }

  /// The value with these bytes; decoded by whoever asks for it first.
  func value<Value>(_ bytes: UnsafeBufferPointer<UInt8>, _ decode: () throws -> Value) rethrows -> Value {
    let key = Key(ObjectIdentifier(Value.self), bytes)
    let shelf = shelves[key.hash & 15]
    if let known = shelf.values.withLock({ $0[key] })?.value as? Value { return known }
    let value = try decode()
    shelf.add(Held(value: value, text: StoredText(copying: bytes)), as: key)
    return value
  }

  private final class Shelf: Sendable {
    let values = Mutex<[Key: Held]>([:])

    func add(_ held: Held, as key: Key) {
      values.withLock { values in
        // A key stands in the text that is held with it, so what another thread has added meanwhile stays.
        if values[key] == nil { values[Key(key, in: held.text)] = held }
      }
    }
  }

  /// All the types are values, and sendable.
  private struct Held: @unchecked Sendable {
    let value: Any
    /// The bytes that the value is found by: documents go as soon as they are decoded.
    let text: StoredText
  }

  private struct Key: Hashable, @unchecked Sendable {
    let type: ObjectIdentifier
    let bytes: UnsafeBufferPointer<UInt8>
    let hash: Int

    init(_ type: ObjectIdentifier, _ bytes: UnsafeBufferPointer<UInt8>) {
      self.type = type
      self.bytes = bytes
      var hasher = Hasher()
      hasher.combine(type)
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      hash = hasher.finalize()
    }

    /// The same for the same bytes elsewhere.
    init(_ other: Key, in text: StoredText) {
      type = other.type
      bytes = text.bytes
      hash = other.hash
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    static func == (one: Key, other: Key) -> Bool {
      one.hash == other.hash && one.type == other.type && isEqual(one.bytes, other.bytes)
    }
  }
}
