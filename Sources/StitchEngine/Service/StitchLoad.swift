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
    sourceName = try fields.decode(String.self, forKey: .sourceName)
    streamName = try fields.decode(String.self, forKey: .streamName)
    loadedAt = try fields.decodeIfPresent(String.self, forKey: .loadedAt).flatMap { Timestamp(rfc3339: $0) }
    hasError = try fields.contains(.error) && !fields.decodeNil(forKey: .error)
  }
}
