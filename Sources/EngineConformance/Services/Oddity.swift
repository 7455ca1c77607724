import ContractServers
import Foundation

/// A member of one object that a service tells otherwise than its documents say.
public struct Oddity: Hashable, Sendable {
  /// Of the object, or of what it is a part of.
  public var id: String
  public var member: String
  /// As JSON; absent: the member is left out.
  public var value: String?

  public init(of id: String, _ member: String, _ value: String?) {
    self.id = id
    self.member = member
    self.value = value
  }

  fileprivate var json: Any? {
    value.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed) }
  }
}

extension ServedAnswer {
  /// The same with that member as it should not be.
  ///
  /// - Parameter path: of the request; where it names the object, all of the answer is about it.
  func odd(_ oddity: Oddity, at path: [String]) -> ServedAnswer {
    guard let json = try? JSONSerialization.jsonObject(with: Data(body)),
      let data = try? JSONSerialization.data(
        withJSONObject: odd(json, oddity, oddity.json, isMeant: path.contains(oddity.id)))
    else { return self }
    var answer = self
    answer.body = Array(data)
    return answer
  }

  private func odd(_ value: Any, _ oddity: Oddity, _ other: Any?, isMeant: Bool) -> Any {
    if let elements = value as? [Any] { return elements.map { odd($0, oddity, other, isMeant: isMeant) } }
    guard var members = value as? [String: Any] else { return value }
    let names = ["id", "source_id", "projectId"].compactMap { members[$0].map { "\($0)" } }
    let isMeant = isMeant || names.contains(oddity.id)
    if isMeant, members[oddity.member] != nil {
      members[oddity.member] = other
      return members
    }
    return members.mapValues { odd($0, oddity, other, isMeant: isMeant) }
  }
}
