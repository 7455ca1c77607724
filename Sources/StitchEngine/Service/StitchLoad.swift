internal import EngineHTTP
internal import PipelineModel

/// The last load of a stream.
struct StitchLoad: Decodable, Hashable, Sendable {
  var sourceName: String
  var streamName: String
  var loadedAt: Timestamp?
  var hasError: Bool

  private enum CodingKeys: String, CodingKey {
    case sourceName = "source_name"
    case streamName = "stream_name"
    case loadedAt = "last_batch_loaded_at"
    case error = "error_state"
  }

  /// What an error holds is declared unstable, so only that there is one is read.
  private struct Anything: Decodable {}

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    sourceName = try fields.demandedText(.sourceName)
    streamName = fields.text(.streamName) ?? ""
    let told = try fields.decodeIfPresent(OpenValue.self, forKey: .loadedAt) ?? .null
    loadedAt = told.text.flatMap { Timestamp(rfc3339: $0) }
    // Of a stream whose load cannot be read it is not known whether it is whole.
    let isOdd = told != .null && loadedAt == nil
    hasError = try isOdd || fields.contains(.error) && !fields.decodeNil(forKey: .error)
  }
}
