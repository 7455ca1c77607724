import Foundation
import Glibc
import Testing

struct ConnectorsCommandTests {
  /// No network, and no `uv` that the machine may have.
  private let offline = ["PIPECTL_INSTALLER": "venv", "PIP_NO_INDEX": "1"]

  @Test func `a connector is installed ahead, listed with its users, kept while it is named, and pruned`() throws {
    let sandbox = try Sandbox()
    let requirement = try sandbox.makeWheel("target-made", code: "print('usage: target-made')")
    let manifest = sandbox.csvManifest("rows").replacing(
      "{type: builtin, name: sqlite}\n    config: {path: warehouse.sqlite}",
      with: "{type: singer, package: \"\(requirement)\"}")
    try sandbox.write(manifest, to: "rows.yaml")
    try sandbox.write("id,name\n1,a\n", to: "rows.csv")
    let installed = try sandbox.pipectl("connectors", "install", "-f", "rows.yaml", environment: offline)
    #expect(installed.exitCode == 0, "\(installed)")
    #expect(installed.output == "\(requirement): installed (target-made)\n")
    #expect(installed.errors.contains("target-made | [pipectl] installing \(requirement) with venv"))
    let again = try sandbox.pipectl("connectors", "install", "-f", "rows.yaml", "-o", "json", environment: offline)
    #expect(again.exitCode == 0 && again.output.contains("\"outcome\" : \"Present\""), "\(again)")

    #expect(try sandbox.pipectl("apply", "-f", "rows.yaml").exitCode == 0)
    let list = try sandbox.pipectl("connectors", "list", "-o", "json")
    for text in [
      "\"kind\" : \"List\"", "\"kind\" : \"InstalledConnector\"", "\"phase\" : \"complete\"", "\"rows\"",
      "\"target-made\"",
    ] {
      #expect(list.output.contains(text), "\(text) is not in \(list)")
    }
    let table = try sandbox.pipectl("connectors", "list")
    #expect(table.output.contains("REQUIREMENT") && table.output.contains("complete  rows"), "\(table)")

    let kept = try sandbox.pipectl("connectors", "prune")
    #expect(kept.exitCode == 0 && kept.errors == "Nothing to remove.\n", "\(kept)")
    #expect(try sandbox.pipectl("delete", "rows", "--yes", "--allow", "delete").exitCode == 0)
    let dry = try sandbox.pipectl("connectors", "prune", "--dry-run", "-o", "json")
    #expect(
      dry.output.contains("\"WouldBeRemoved\"") && dry.output.contains("\"kind\" : \"ConnectorPruning\""), "\(dry)")
    let pruned = try sandbox.pipectl("connectors", "prune")
    #expect(pruned.output.contains("\(requirement): removed ("), "\(pruned)")
    #expect(try sandbox.pipectl("connectors", "list", "-o", "name").output == "")
  }

  @Test func `all are tried, and one that does not start fails the command with its own words`() throws {
    let sandbox = try Sandbox()
    let broken = try sandbox.makeWheel("tap-broken", code: "import not_there")
    let sound = try sandbox.makeWheel("tap-sound", code: "print('usage')")
    var environment = offline
    environment["PIPECTL_CONNECTORS"] = sandbox.path + "/shared"
    let outcome = try sandbox.pipectl(
      "connectors", "install", "--requirement", broken, "--requirement", sound, environment: environment)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("\(broken): install-failed: "), "\(outcome)")
    #expect(outcome.output.contains("ModuleNotFoundError: No module named 'not_there'"))
    #expect(outcome.output.contains("\(sound): installed (tap-sound)"))
    #expect(outcome.errors.hasSuffix("error: 1 of 2 connectors cannot be used: \(broken)\n"))
    let list = try sandbox.pipectl("connectors", "list", "-o", "name", environment: environment)
    #expect(list.output.hasPrefix("connector/tap-sound-") && list.output.split(separator: "\n").count == 1)
    #expect(!sandbox.exists(".pipectl"), "the shared folder is used, and nothing else made")
  }

  @Test func `an interrupted installation leaves no installer and nothing that is used`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "#!/bin/sh\necho $$ >$HOME/begun.new\nmv $HOME/begun.new $HOME/begun\nexec sleep 600\n", to: "bin/uv", mode: 0o755
    )
    let path = sandbox.path + "/bin:" + (sandbox.environment["PATH"] ?? "")
    let running = try sandbox.start(
      ["connectors", "install", "--requirement", "tap-x==1"], environment: ["PATH": path])
    try eventually("the installer has begun") { sandbox.exists("begun") }
    let installer = try #require(Int32(try sandbox.read("begun").trimmingCharacters(in: .whitespacesAndNewlines)))
    running.send(SIGINT)
    let outcome = running.end()
    #expect(outcome.exitCode == 130, "\(outcome)")
    #expect(kill(installer, 0) != 0)
    let list = try sandbox.pipectl("connectors", "list", "-o", "json")
    #expect(!list.output.contains("\"complete\""), "\(list)")
  }

  @Test(arguments: ["--index-url=https://x", "-r", "a b", "a @ http://host/a.whl"])
  func `what is no requirement is wrong usage`(text: String) throws {
    let outcome = try Sandbox().pipectl("connectors", "install", "--requirement=\(text)")
    #expect(outcome.exitCode == 64, "\(outcome)")
  }
}

extension Sandbox {
  /// A wheel with one program of its own name; returns a requirement on it.
  fileprivate func makeWheel(_ name: String, code: String) throws -> String {
    let module = name.replacing("-", with: "_")
    let file = "\(path)/\(module)-1.0-py3-none-any.whl"
    try write(
      """
      import sys, zipfile
      file, name, module, code = sys.argv[1:]
      info = module + "-1.0.dist-info/"
      files = {
          module + ".py": "def main():\\n    exec(%r)\\n" % code,
          info + "METADATA": "Metadata-Version: 2.1\\nName: %s\\nVersion: 1.0\\n" % name,
          info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
          info + "entry_points.txt": "[console_scripts]\\n%s = %s:main\\n" % (name, module),
      }
      with zipfile.ZipFile(file, "w") as wheel:
          for path, text in files.items(): wheel.writestr(path, text)
          wheel.writestr(info + "RECORD", "".join(path + ",,\\n" for path in files) + info + "RECORD,,\\n")
      """, to: "make-wheel.py")
    let outcome = try Running(
      program: "/usr/bin/env", ["python3", "make-wheel.py", file, name, module, code], in: self, environment: [:],
      input: ""
    ).end()
    guard outcome.exitCode == 0 else { throw SandboxError("\(outcome)") }
    return "\(name) @ file://\(file)"
  }
}
