import Testing

@testable import PipectlCommands

struct YAMLTextTests {
  private struct Sample: Encodable {
    var name = "a b"
    var word = "yes"
    var time = "2026-11-21T06:00:00Z"
    var list = [["x": 1], ["x": 2]]
    var none: [String] = []
    var text = "line\n\"two\": \u{1b}[31m"
    var nested = ["empty": [String: Int]()]
    var number = 1.5
    var flag = true
  }

  @Test func `what looks like something else is quoted`() throws {
    #expect(
      try yamlText(Sample()) == """
        flag: true
        list:
          - x: 1
          - x: 2
        name: a b
        nested:
          empty: {}
        none: []
        number: 1.5
        text: "line\\n\\"two\\": \\u001b[31m"
        time: "2026-11-21T06:00:00Z"
        word: "yes"

        """)
  }
}
