import ContractServers
import Foundation

extension ServedAnswer {
  /// The same in other words: lists the other way round where they have no order, no member that is null, and one more that nobody knows.
  func reworded(isOrdered: Bool) -> ServedAnswer {
    guard let json = try? JSONSerialization.jsonObject(with: Data(body)),
      let data = try? JSONSerialization.data(withJSONObject: reworded(json, isOrdered))
    else { return self }
    var answer = self
    answer.body = Array(data)
    return answer
  }

  private func reworded(_ value: Any, _ isOrdered: Bool) -> Any {
    if let members = value as? [String: Any] {
      var others = members.filter { !($0.value is NSNull) }.mapValues { reworded($0, isOrdered) }
      others["new_since_yesterday"] = "unknown"
      return others
    }
    guard let elements = value as? [Any] else { return value }
    let others = elements.map { reworded($0, isOrdered) }
    return isOrdered ? others : others.reversed()
  }
}
