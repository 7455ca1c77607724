/// The colours of a rendered diagnostic, or none.
struct Palette {
  enum Role {
    case error
    case warning
    case headline
    case frame
  }

  let isOn: Bool

  func paint(_ text: String, _ role: Role) -> String {
    guard isOn, !text.isEmpty else { return text }
    return "\u{1B}[\(code(role))m\(text)\u{1B}[0m"
  }

  private func code(_ role: Role) -> String {
    switch role {
    case .error: "1;31"
    case .warning: "1;33"
    case .headline: "1"
    case .frame: "1;34"
    }
  }
}
