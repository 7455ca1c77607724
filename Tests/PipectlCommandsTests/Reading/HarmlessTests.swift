import Testing

@testable import PipectlCommands

struct HarmlessTests {
  @Test(arguments: [
    ("nothing special, é 😀\tand a tab", "nothing special, é 😀\tand a tab"),
    ("\u{1b}[31mred\u{1b}[0m", "^[[31mred^[[0m"), ("\u{1b}]0;title\u{7}", "^[]0;title^G"), ("50%\r100%", "50%^M100%"),
    ("\u{9b}2J", "<U+009B>2J"), ("a\u{202e}b", "a<U+202E>b"), ("\u{7f}\u{0}", "^?^@"),
  ])
  func `what would move a terminal's cursor is shown and not obeyed`(said: String, shown: String) {
    #expect(said.harmless == shown)
  }
}
