/// Where a secret is to be read when a run or a call is made; the secret itself is never held here (law 9).
public enum SecretReference: Hashable, Codable, Sendable {
  case environment(String)
  case file(String)
}
