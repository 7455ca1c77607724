/// The text without what stands between `://` and `@` in addresses: a user and a password, as databases' addresses hold them.
public func hidingUserInfo(_ text: String) -> String {
  text.contains("@") ? text.replacing(/:\/\/[^\/@\s"]+@/, with: "://***@") : text
}
