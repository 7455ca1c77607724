import PipelineModel

/// The latest events, oldest first, as `/v1/events` shows them.
struct EventPage: Encodable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "List"
  var items: [EventView]
}

/// An event as `/v1/events` shows it.
struct EventView: Encodable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Event"
  var sequence: Int
  var at: String
  var type: String
  var pipeline: String
  var run: String?
  var request: String?
  var message: String

  init(_ event: ControlEvent) {
    sequence = event.sequence
    at = event.at.description
    type = event.type.rawValue
    pipeline = event.pipeline.text
    run = event.run?.description
    request = event.request?.text
    message = event.message
  }
}
