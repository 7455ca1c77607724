import CLibYAML

/// What libyaml tells next.
enum EventKind {
  case streamStart
  case streamEnd
  case documentStart
  case documentEnd
  case alias
  case scalar
  case sequenceStart
  case sequenceEnd
  case mappingStart
  case mappingEnd
}

/// Pulls libyaml's events over bytes that outlive it.
///
/// At most one event is held at a time; the next pull frees it.
final class EventReader {
  let parser: UnsafeMutablePointer<yaml_parser_t>
  let event: UnsafeMutablePointer<yaml_event_t>
  private let isReady: Bool

  /// `text` is valid UTF-8 without a byte order mark, and not empty.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    isReady = yaml_parser_initialize(parser) == 1
    if isReady {
      yaml_parser_set_input_string(parser, text.baseAddress, text.count)
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }
  }

  deinit {
    yaml_event_delete(event)
    if isReady { yaml_parser_delete(parser) }
    event.deallocate()
    parser.deallocate()
  }

  var start: yaml_mark_t { event.pointee.start_mark }
  var end: yaml_mark_t { event.pointee.end_mark }

  /// The next event, or nil when the text is not YAML and the parser says why.
  func next() -> EventKind? {
    yaml_event_delete(event)
    guard isReady, yaml_parser_parse(parser, event) == 1 else { return nil }
    return switch event.pointee.type {
    case YAML_SCALAR_EVENT: .scalar
    case YAML_MAPPING_START_EVENT: .mappingStart
    case YAML_MAPPING_END_EVENT: .mappingEnd
    case YAML_SEQUENCE_START_EVENT: .sequenceStart
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias
    case YAML_STREAM_START_EVENT: .streamStart
    default: .streamEnd
    }
  }
}
