/// A stream that will be read.
public struct SelectedStream: Hashable, Sendable {
  public let id: String
  /// The name its messages carry.
  public let name: String
  public let method: ReplicationMethod
  public let key: String?
  /// The rule that chose it, by its place in the list; nil where there is no list.
  public let rule: Int?
}
