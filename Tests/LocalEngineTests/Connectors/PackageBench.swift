import EngineAPI
import Foundation
import Glibc
import PipelineModel

@testable import LocalEngine

/// A bench whose connectors come from packages: wheels that are made here by hand, and an installer that needs no network and does
/// what a test wants.
final class PackageBench: Sendable {
  let bench: Bench
  /// Runs go through it; its supervisors find the stand-in for `uv` first on PATH.
  let engine: LocalEngine
  let environment: [String: String]

  init(index: String = "here") throws {
    bench = try Bench()
    try FileManager.default.createDirectory(atPath: bench.file("bin"), withIntermediateDirectories: true)
    let path = bench.file("bin") + ":" + (processEnvironment()["PATH"] ?? "/usr/bin:/bin")
    environment = ["PATH": path, "HOME": bench.path, "UV_DEFAULT_INDEX": index]
    engine = LocalEngine(
      runsDirectory: bench.file("runs"), connectorsFolder: bench.file("connectors"),
      supervisorCommand: ["/usr/bin/env", "PATH=\(path)", "UV_DEFAULT_INDEX=\(index)", try Bench.binary(), "supervise"])
    try program("bin/uv", Self.installer)
  }

  private init(_ other: PackageBench, index: String) throws {
    bench = other.bench
    environment = other.environment.merging(["UV_DEFAULT_INDEX": index]) { $1 }
    engine = LocalEngine(
      runsDirectory: bench.file("runs"), connectorsFolder: bench.file("connectors"),
      supervisorCommand: [
        "/usr/bin/env", "PATH=\(other.environment["PATH"] ?? "")", "UV_DEFAULT_INDEX=\(index)", try Bench.binary(),
        "supervise",
      ])
  }

  /// The same folder, where installers find another index.
  func with(index: String) throws -> PackageBench { try PackageBench(self, index: index) }

  func program(_ name: String, _ text: String) throws {
    try ("#!/usr/bin/python3 -S\n" + text).write(toFile: bench.file(name), atomically: true, encoding: .utf8)
    chmod(bench.file(name), 0o755)
  }

  /// A wheel in the folder, with these programs; returns a requirement on it.
  func wheel(_ name: String = "tap-made", programs: [String: String]) throws -> String {
    let module = name.replacing("-", with: "_")
    let file = bench.file("\(module)-1.0-py3-none-any.whl")
    let contents: [String: String] = [
      "programs": programs.keys.sorted().joined(separator: ","), "module": module, "name": name, "file": file,
    ]
    try JSONEncoder().encode(contents).write(to: URL(fileURLWithPath: bench.file("wheel.json")))
    try JSONEncoder().encode(programs).write(to: URL(fileURLWithPath: bench.file("programs.json")))
    try run("/usr/bin/env", ["python3", "-c", Self.wheelMaker, bench.file("wheel.json"), bench.file("programs.json")])
    return "\(name) @ file://\(file)"
  }

  /// The scripted tap as a package.
  func tap(_ name: String = "tap-made") throws -> String { try wheel(name, programs: [name: Self.tap]) }

  func run(_ path: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Bench.Missing(description: "\(path) \(arguments.prefix(1))") }
  }

  func order(_ requirement: String, number: Int = 1, executable: String? = nil, limits: Limits = Limits()) -> StartOrder
  {
    var order = bench.order(number, tap: [steps(.step("rows", .int(3)), .step("state"))], limits: limits)
    guard case .replication(var replication) = order.spec.work else { return order }
    replication.source.connector = .package(requirement: requirement, executable: executable)
    order.spec.work = .replication(replication)
    return order
  }

  func start(_ order: StartOrder) async throws { try await engine.start(order, from: StartBasis()) }

  func ended(_ number: Int = 1) async throws -> RunReport { try await bench.ended(number, within: 180) }

  /// Installs as a command does.
  func install(
    _ requirement: String, executable: String? = nil, end: InstallOrder.End? = nil, isAnew: Bool = false
  ) throws -> InstallResult {
    guard let requirement = PackageRequirement(requirement) else { throw Bench.Missing(description: requirement) }
    let order = InstallOrder(requirement, executable: executable, end: end, isAnew: isAnew)
    return folder.install(order, environment: environment, isInterrupted: { false }, log: { _ in })
  }

  var folder: ConnectorsFolder { ConnectorsFolder(bench.file("connectors")) }

  /// The installers that are alive.
  var installers: [Int32] {
    bench.processes().filter { pid in
      let bytes = (try? Files.contents(of: "/proc/\(pid)/cmdline")) ?? []
      return String(decoding: bytes, as: UTF8.self).contains("/bin/uv")
    }
  }
}

extension InstallResult {
  var failure: Failure? {
    if case .failed(let failure) = self { failure } else { nil }
  }

  var installation: ConnectorInstallation? {
    switch self {
    case .installed(let installation), .present(let installation): installation
    case .failed: nil
    }
  }

  var wasThere: Bool {
    if case .present = self { true } else { false }
  }
}
