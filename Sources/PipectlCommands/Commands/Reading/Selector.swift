import Foundation
import ArgumentParser
import PipelineModel

/// Which labels a pipeline must have: `team=growth,stage!=test,owner,!legacy`; all of them must hold.
struct Selector: ExpressibleByArgument {
  enum Requirement: Hashable {
    case equals(String, String)
    case differs(String, String)
    case exists(String)
    case missing(String)
  }

  let requirements: [Requirement]

  init?(argument: String) {
    var requirements: [Requirement] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let requirement = Requirement(String(part)) else { return nil }
      requirements.append(requirement)
    }
    self.requirements = requirements
  }

  func matches(_ labels: [DesiredPipeline.Label]) -> Bool {
    requirements.allSatisfy { requirement in
      func value(_ key: String) -> String? { labels.first { $0.key == key }?.value }
      return switch requirement {
      case .equals(let key, let wanted): value(key) == wanted
      case .differs(let key, let unwanted): value(key) != unwanted
      case .exists(let key): value(key) != nil
      case .missing(let key): value(key) == nil
      }
    }
  }
}

extension Selector.Requirement {
  fileprivate init?(_ text: String) {
    let separator = text.contains("!=") ? "!=" : text.contains("==") ? "==" : "="
    if let range = text.range(of: separator) {
      let key = String(text[..<range.lowerBound])
      let value = String(text[range.upperBound...])
      guard !key.isEmpty else { return nil }
      self = separator == "!=" ? .differs(key, value) : .equals(key, value)
    } else {
      let key = text.hasPrefix("!") ? String(text.dropFirst()) : text
      guard !key.isEmpty else { return nil }
      self = text.hasPrefix("!") ? .missing(key) : .exists(key)
    }
  }
}
