/// Colours for a terminal, or none.
struct Paint: Sendable {
  let isOn: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func added(_ text: String) -> String { wrapped(text, "32") }
  func removed(_ text: String) -> String { wrapped(text, "31") }
  func changed(_ text: String) -> String { wrapped(text, "33") }
  func warning(_ text: String) -> String { wrapped(text, "33") }
  func alarm(_ text: String) -> String { wrapped(text, "1;31") }
  func faint(_ text: String) -> String { wrapped(text, "2") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
