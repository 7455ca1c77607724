/// A fact about a pipeline: `Ready` always, any other only while it is true.
struct ConditionView: Codable, Hashable {
  var type: String
  var status: Status
  /// One word, stable, for machines.
  var reason: String
  var message: String
  /// Since when; absent where nobody knows.
  var lastTransition: String?

  enum Status: String, Codable {
    case yes = "True"
    case no = "False"
    case unknown = "Unknown"
  }
}
