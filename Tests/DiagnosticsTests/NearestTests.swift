import Diagnostics
import Testing

@Suite struct `The nearest name` {
  @Test(arguments: [
    ("scheduel", "schedule"), ("shedule", "schedule"), ("Schedule", "schedule"), ("sorce", "source"),
    ("pasued", "paused"),
    ("timezone", "timeZone"), ("jobs", "job"), ("destiantoin", "destination"),
  ])
  func `is found through a slip of the fingers`(word: String, meant: String) {
    let names = [
      "destination", "engine", "job", "limits", "mode", "paused", "schedule", "source", "streams", "timeZone",
    ]
    #expect(nearest(word, among: names) == meant)
    #expect(nearest(word, among: names.reversed()) == meant)
  }

  @Test(arguments: ["", "x", "cron", "banana", "entirely-else", String(repeating: "schedule", count: 100_000)])
  func `is nil when nothing is near`(word: String) {
    #expect(nearest(word, among: ["schedule", "source", "y"]) == nil)
  }

  @Test func `is the first of the alphabet among equals, and never the word itself`() {
    #expect(nearest("bat", among: ["cat", "rat", "bat"]) == "cat")
    #expect(nearest("cat", among: ["cat"]) == nil)
  }
}
