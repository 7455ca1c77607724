/// The text without what addresses of databases hold of secrets: a user and a password before `@`, and what `password=` and its like say.
public func hidingSecretsInAddresses(_ text: String) -> String {
  let bare = text.contains("@") ? text.replacing(/:\/\/[^\/@\s"]+@/, with: "://***@") : text
  guard bare.contains("=") else { return bare }
  return bare.replacing(/(?i)\b(password|passwd|pwd|token|secret)=[^&;\s"]+/) { "\($0.1)=***" }
}
