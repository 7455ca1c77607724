import Testing

@testable import PipectlCommands

/// Global options may stand before the command.
struct GlobalOptionTests {
  private static let lines: [(String, String)] = [
    ("--state X get", "get --state X"),
    ("--state=X --color never state show rows", "state show --state=X --color never rows"),
    ("--state X get --state Y", "get --state X --state Y"),
    ("--color=never apply -f a -- b", "apply --color=never -f a -- b"),
    ("get --state X", "get --state X"), ("--state X", "--state X"), ("--state", "--state"),
    ("--state X fly", "--state X fly"),
    ("--version", "--version"), ("", ""),
  ]

  @Test(arguments: lines)
  func `they are put behind the command's name`(line: String, moved: String) {
    let arguments = line.split(separator: " ").map(String.init)
    #expect(withGlobalOptionsBehind(arguments).joined(separator: " ") == moved)
  }

  @Test func `the folder that is named first is the one that is read`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("--state", "memory", "apply", "-f", "pipelines").exitCode == 0)
    #expect(sandbox.exists("memory/store.sqlite"))
    #expect(!sandbox.exists(".pipectl"))
    #expect(try sandbox.pipectl("--state=memory", "get", "-o", "json").text("items", 0, "metadata", "name") == "rows")
    #expect(try sandbox.pipectl("--state", "memory", "fly").exitCode == 64)
  }
}
