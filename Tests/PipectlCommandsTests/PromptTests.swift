import Testing

/// On a terminal consent is asked for, naming what it is about.
struct PromptTests {
  /// Runs a command on a terminal of its own, and answers its first question.
  private static let onTerminal = """
    import os, pty, sys

    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    shown, answered = b"", False
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        if b"[y/N]" in shown and not answered:
            os.write(terminal, sys.argv[1].encode() + b"\\n")
            answered = True
    sys.stdout.write(shown.decode())
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    """

  private func answering(_ answer: String, _ arguments: [String], in sandbox: Sandbox) throws -> Outcome {
    try sandbox.write(Self.onTerminal, to: "on-terminal.py")
    return try Running(
      program: "/usr/bin/env", ["python3", "on-terminal.py", answer, Sandbox.program] + arguments, in: sandbox,
      environment: ["TERM": "xterm"], input: ""
    ).end()
  }

  private func running() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    return sandbox
  }

  @Test func `yes cancels the run that was named`() throws {
    let sandbox = try running()
    let outcome = try answering("y", ["stop", "slow"], in: sandbox)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("Really cancel slow"), "\(outcome)")
    #expect(outcome.output.contains("slow.1 is over: cancelled"), "\(outcome)")
  }

  @Test(arguments: ["n", "", "perhaps"])
  func `anything but yes leaves it`(answer: String) throws {
    let sandbox = try running()
    let outcome = try answering(answer, ["stop", "slow"], in: sandbox)
    #expect(outcome.exitCode == 1, "\(outcome)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--for", "succeeded", "--timeout", "180s").exitCode == 0)
  }

  @Test func `progress is shown in one changing line`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    try sandbox.write("", to: "gate")
    let outcome = try answering("", ["apply", "-f", "pipelines", "--color", "never"], in: sandbox)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("\u{1b}[1A"), "\(outcome)")
    #expect(outcome.output.contains("slow.1 succeeded"), "\(outcome)")
  }
}
