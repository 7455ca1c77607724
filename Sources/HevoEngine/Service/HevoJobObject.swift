/// A table or collection that a job moved. What Hevo calls its fields is not documented: what is not as expected is left out.
struct HevoJobObject: Decodable, Hashable, Sendable {
  var name: String?
  var eventsLoaded: Int64?

  private enum CodingKeys: String, CodingKey {
    case name
    case objectName = "object_name"
    case eventsLoaded = "events_loaded"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    name = (try? fields.decode(String.self, forKey: .name)) ?? (try? fields.decode(String.self, forKey: .objectName))
    eventsLoaded = try? fields.decode(Int64.self, forKey: .eventsLoaded)
  }
}
