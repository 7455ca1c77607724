import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct InstallTests {
  @Test func `a run installs what it lacks as its first stage, and the next run finds it without a network`()
    async throws
  {
    let packages = try PackageBench()
    let requirement = try packages.tap()
    try await packages.start(packages.order(requirement))
    let report = try await packages.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.stages.map(\.stage) == [.install, .discover, .extract, .load])
    #expect(packages.bench.lines("rows") == ["1", "2", "3"])
    #expect(packages.bench.lines("calls") == ["venv --python", "pip install"])
    let log = try packages.bench.allText()
    #expect(log.contains("collecting \(requirement)") && log.contains("installed \(requirement)"))

    let offline = try packages.with(index: "unusable")
    try await offline.start(offline.order(requirement, number: 2))
    let second = try await offline.ended(2)
    #expect(second.status == .ended(.succeeded))
    #expect(second.stages.map(\.stage) == [.discover, .extract, .load])
    #expect(packages.bench.lines("calls").count == 2)
  }

  @Test func `installers get what tells them where packages are, and no secrets of others`() throws {
    let environment = InstallerEnvironment([
      "PATH": "/bin", "HOME": "/home/user", "PIP_INDEX_URL": "https://me:word@host/simple", "UV_CACHE_DIR": "/cache",
      "SHOP_DB_PASSWORD": "hunter2", "SSL_CERT_FILE": "/certs", "PIP_TARGET": "/elsewhere", "PYTHONPATH": "/evil",
      "https_proxy": "http://proxy", "AWS_SECRET_ACCESS_KEY": "x",
    ])
    #expect(
      environment.variables.keys.sorted() == [
        "HOME", "PATH", "PIP_INDEX_URL", "PIP_REQUIRE_VIRTUALENV", "SSL_CERT_FILE", "UV_CACHE_DIR", "UV_DEFAULT_INDEX",
        "https_proxy",
      ])
    #expect(environment.connectorVariables.keys.sorted() == ["HOME", "PATH", "https_proxy"])
    #expect(environment.secrets.contains("word"))
  }

  @Test func `an index that cannot be reached fails the attempt and not the run`() async throws {
    let packages = try PackageBench(index: "unusable")
    try await packages.start(packages.order(try packages.tap()))
    let failure = try #require(try await packages.ended().failure)
    #expect(failure.code == .installInterrupted && failure.code.isRetryable)
    #expect(failure.message.contains("UV_DEFAULT_INDEX"))
    #expect(failure.lastLines.last?.contains("error sending request") == true)
  }

  @Test func `what cannot be resolved or built is told with the installer's words, and is not tried again`()
    async throws
  {
    let packages = try PackageBench()
    #expect(try packages.install("tap-nowhere==9").failure?.message.contains("the index has no such package") == true)
    try "Error: pg_config executable not found.\n".write(
      toFile: packages.bench.file("refusal"), atomically: true, encoding: .utf8)
    var order = packages.order(try packages.tap())
    order.spec.retry = RetryPolicy(attempts: 3, backoff: TimeSpan(milliseconds: 10))
    try await packages.start(order)
    let report = try await packages.ended()
    #expect(report.failure?.code == .installFailed)
    #expect(report.failure?.message.contains("libpq-dev") == true)
    #expect(report.failure?.lastLines.last == "Error: pg_config executable not found.")
    #expect(report.attempt == 1)
    #expect(packages.folder.contents() == [], "what failed leaves nothing behind")
  }

  @Test(arguments: [
    ("import nothing_like_this", "ModuleNotFoundError: No module named 'nothing_like_this'"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "it was killed by signal 11"),
    ("raise ValueError('broken')", "ValueError: broken"),
  ])
  func `a connector that is installed and does not start is found out at once`(code: String, words: String) throws {
    let packages = try PackageBench()
    let result = try packages.install(try packages.wheel(programs: ["tap-made": code]), end: .tap)
    #expect(result.failure?.code == .installFailed)
    #expect(result.failure?.message.contains(words) == true, "\(String(describing: result.failure))")
    #expect(packages.folder.contents() == [])
  }

  @Test(arguments: [
    "import sys; sys.exit('usage: tap-made --config FILE')", "import sys; print('Traceback'); sys.exit(2)",
    "print('help')", "import sys; sys.stderr.write('unrecognized arguments: --help'); sys.exit(2)",
  ])
  func `a connector that only does not know its help starts`(code: String) throws {
    let packages = try PackageBench()
    let result = try packages.install(try packages.wheel(programs: ["tap-made": code]), end: .tap)
    #expect(result.installation?.contents?.executables == ["tap-made"], "\(String(describing: result.failure))")
  }

  @Test func `the program is the only one, or the one that fits its end, or the one that is named`() throws {
    let packages = try PackageBench()
    let both = try packages.wheel("both", programs: ["tap-both": "", "target-both": "", "helper": ""])
    #expect(try packages.install(both, end: .tap).failure == nil)
    #expect(try packages.install(both, end: .target).failure == nil)
    #expect(try packages.install(both, executable: "helper").failure == nil)
    let other = try packages.install(both, executable: "tap-other").failure
    #expect(other?.code == .connectorMissing)
    #expect(
      other?.message == "`\(both)` installs no program `tap-other`: it installs `helper`, `tap-both`, `target-both`")
    let two = try packages.wheel("two", programs: ["tap-a": "", "tap-b": ""])
    let unclear = try packages.install(two, end: .tap).failure
    #expect(unclear?.message.contains("it installs `tap-a`, `tap-b`; name one of them with `executable`") == true)
    #expect(try packages.install(two, executable: "tap-b").wasThere, "a question of the manifest installs nothing anew")
  }

  @Test func `an installation belongs to its requirement and its Python, and says so by its name`() throws {
    let requirement = try #require(PackageRequirement("Tap_X==1.0"))
    let python = try #require(PythonInterpreter(answer: ["cpython", "3.11.7", "x86_64", "/usr/bin/python3"]))
    let newer = try #require(PythonInterpreter(answer: ["cpython", "3.12.0", "x86_64", "/usr/bin/python3"]))
    let name = Installation(folder: "/c", of: requirement, with: python).name
    #expect(name.hasPrefix("tap_x-1.0-"))
    #expect(Installation(folder: "/c", of: requirement, with: python).name == name)
    #expect(Installation(folder: "/c", of: requirement, with: newer).name != name)
    let extra = try #require(PackageRequirement("Tap_X[a]==1.0"))
    #expect(Installation(folder: "/c", of: extra, with: python).name != name)
  }

  @Test func `Python's own tools install where there is no uv, and nothing of the machine's own is touched`() throws {
    let packages = try PackageBench()
    unlink(packages.bench.file("bin/uv"))
    let requirement = try packages.tap()
    var environment = packages.environment
    environment[InstallerTool.choice] = "venv"
    environment["PIP_NO_INDEX"] = "1"
    let order = InstallOrder(try #require(PackageRequirement(requirement)), end: .tap)
    var said: [String] = []
    let result = packages.folder.install(order, environment: environment, isInterrupted: { false }) { said.append($0) }
    let installation = try #require(result.installation, "\(String(describing: result.failure))\n\(said)")
    #expect(installation.contents?.madeWith == "venv")
    #expect(installation.contents?.executables == ["tap-made"])
    let site = try #require(FileManager.default.enumerator(atPath: installation.path)?.compactMap { $0 as? String })
    #expect(site.contains { $0.hasSuffix("site-packages/tap_made.py") })
  }

  @Test func `an order that was written before there were packages can still be read`() throws {
    let packages = try PackageBench()
    let specification = RunSpecification(
      order: packages.bench.order(), state: nil, catalog: nil, workingDirectory: "/", orderedAt: Clock.now())
    let text = String(decoding: try JSONEncoder().encode(specification), as: UTF8.self)
    #expect(!text.contains("connectorsFolder"))
    #expect(try JSONDecoder().decode(RunSpecification.self, from: Data(text.utf8)) == specification)
  }

  @Test func `the password of an index is in no log and no message`() async throws {
    let packages = try PackageBench(index: "https://me:hunter2word@host.example/simple")
    try "error: cannot fetch https://me:hunter2word@host.example/simple/x, 401\n".write(
      toFile: packages.bench.file("refusal"), atomically: true, encoding: .utf8)
    try await packages.start(packages.order(try packages.tap()))
    let failure = try #require(try await packages.ended().failure)
    #expect(failure.lastLines.last == "error: cannot fetch https://me:***@host.example/simple/x, 401")
    #expect(packages.bench.text("environment").contains("hunter2word"), "the installer has it")
    #expect(try !packages.bench.allText().contains("hunter2word"))
  }

  @Test func `the last words of a tap are its own and not its installer's`() async throws {
    let packages = try PackageBench()
    var order = packages.order(try packages.tap())
    guard case .replication(var replication) = order.spec.work else { return }
    replication.source.config = [steps(.step("exit", .int(3)))]
    order.spec.work = .replication(replication)
    try await packages.start(order)
    #expect(try await packages.ended().failure?.lastLines == ["discovering"])
  }

  private static let troubles: [(String, InstallTrouble)] = [
    ("error: error sending request for url (https://host/simple/x/)", .indexUnreachable),
    (
      "after connection broken by 'NewConnectionError('…')': /simple/x/\nERROR: No matching distribution found for x==1",
      .indexUnreachable
    ),
    ("ERROR: No matching distribution found for x==1", .noSuchVersion),
    ("cause: Because x was not found in the package registry and you require x==1", .noSuchVersion),
    ("Error: pg_config executable not found.", .headersMissing),
    ("psycopg.h:35:10: fatal error: Python.h: No such file or directory", .headersMissing),
    ("error: command 'gcc' failed: No such file or directory", .compilerMissing),
    ("OSError: [Errno 28] No space left on device", .diskFull),
    ("The virtual environment was not created successfully because ensurepip is not available.", .noEnvironments),
    ("ERROR: Package 'x' requires a different Python: 3.11.7 not in '<3.10'", .otherPython),
    ("something else", .unknown),
  ]

  @Test(arguments: troubles)
  func `the words of installers tell what to do`(words: String, trouble: InstallTrouble) {
    #expect(InstallTrouble(words.split(separator: "\n").map(String.init)) == trouble)
    #expect(!trouble.advice.isEmpty)
  }

  @Test func `a program is never looked for relative to the present folder`() throws {
    for name in ["bin/tap", "./tap"] {
      #expect(throws: Failure.self) {
        _ = try ConnectorProgram(.executable(name), as: .tap, searching: "/bin", installed: nil)
      }
    }
    #expect(ProgramSearch.find("sh", in: ".::bin:../bin") == nil)
    #expect(ProgramSearch.find("sh", in: ".:/bin") == "/bin/sh")
  }

  @Test func `a file that may not be executed is told of, and none relative to the present folder`() throws {
    let bench = try Bench()
    for (name, mode) in [("barred", mode_t(0o644)), ("sound", 0o755)] {
      try "#!/bin/sh\n".write(toFile: bench.file(name), atomically: true, encoding: .utf8)
      chmod(bench.file(name), mode)
    }
    let up = String(repeating: "../", count: FileManager.default.currentDirectoryPath.split(separator: "/").count)
    for name in [bench.file("barred"), "barred"] { #expect(ProgramSearch.notExecutable(name, in: bench.path) != nil) }
    for name in [bench.file("sound"), "sound", bench.file("none"), "none", up + bench.file("barred").dropFirst()] {
      #expect(ProgramSearch.notExecutable(name, in: bench.path) == nil, "\(name)")
    }
  }
}
