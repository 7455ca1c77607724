/// An effect on data that a manifest consents to in advance.
public enum AllowedEffect: String, Hashable, Codable, Sendable, CaseIterable {
  case rewrite
  case delete
}
