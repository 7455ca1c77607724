import Foundation
import Glibc
import LocalEngine
import PipelineModel
import SQLiteStore

/// Looks at what the machine must have.
struct MachineCheckup {
  private let environment = ProcessInfo.processInfo.environment

  func checks() -> [DoctorView.Check] {
    [sqliteCheck, zoneCheck, clockCheck, procCheck, pathCheck, pythonCheck]
  }

  private var sqliteCheck: DoctorView.Check {
    DoctorView.Check(
      name: "SQLite", status: .ok,
      message: "\(SQLiteStore.linkedVersion), with a rollback journal: faults of the write-ahead log do not concern it")
  }

  private var zoneCheck: DoctorView.Check {
    let own = builtInZoneData()
    guard let system = systemZoneVersion() else {
      return DoctorView.Check(
        name: "zone data", status: .warning, message: "\(own) built in; the machine has none to compare with",
        help: "apt install tzdata")
    }
    guard system == own else {
      return DoctorView.Check(
        name: "zone data", status: .warning, message: "\(own) built in, and the machine has \(system)",
        help: "slots go by \(own): zones whose rules changed in between need a newer pipectl")
    }
    return DoctorView.Check(name: "zone data", status: .ok, message: "\(own), as the machine's")
  }

  private var clockCheck: DoctorView.Check {
    let now = SystemClock().now()
    let isPlausible = now > Timestamp(seconds: 1_760_000_000)
    return DoctorView.Check(
      name: "clock", status: isPlausible ? .ok : .broken, message: "\(now)",
      help: isPlausible ? nil : "it is years slow: set it, or let timedatectl do so")
  }

  private var procCheck: DoctorView.Check {
    let files = ["/proc/self/stat", "/proc/sys/kernel/random/boot_id"]
    guard let missing = files.first(where: { access($0, R_OK) != 0 }) else {
      return DoctorView.Check(name: "/proc", status: .ok, message: "readable")
    }
    return DoctorView.Check(
      name: "/proc", status: .broken, message: "\(missing) cannot be read: processes cannot be told apart",
      help: "mount proc on /proc, in the container too")
  }

  private var pathCheck: DoctorView.Check {
    let entries = (environment["PATH"] ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard entries.contains(where: { $0.hasPrefix("/") }) else {
      return DoctorView.Check(
        name: "PATH", status: .broken, message: "it names no folder", help: "set PATH: connectors are looked for in it")
    }
    let relative = entries.filter { !$0.hasPrefix("/") }
    guard relative.isEmpty else {
      return DoctorView.Check(
        name: "PATH", status: .warning, message: "it has an entry that depends on the present folder",
        help: "take empty and relative entries out of PATH")
    }
    return DoctorView.Check(name: "PATH", status: .ok, message: counted(entries.count, "folder"))
  }

  /// Only connectors given by `package` need it.
  private var pythonCheck: DoctorView.Check {
    guard let python = program("python3") else {
      return DoctorView.Check(
        name: "Python", status: .warning,
        message: "there is no python3: connectors given by `package` cannot be installed",
        help: "apt install python3 python3-venv")
    }
    let version = answer(of: python, "import sys, venv, ensurepip; print(sys.version.split()[0])")
    if let uv = program("uv") {
      let own = version.map { "\($0) with venv" } ?? "without venv"
      return DoctorView.Check(
        name: "Python", status: .ok, message: "\(own) (\(python)); packages are installed with uv (\(uv))")
    }
    guard let version else {
      return DoctorView.Check(
        name: "Python", status: .warning,
        message: "\(python) cannot make virtual environments: connectors given by `package` cannot be installed",
        help: "apt install python3-venv, or install uv")
    }
    return DoctorView.Check(
      name: "Python", status: .ok, message: "\(version) with venv (\(python)); there is no uv, which is faster")
  }

  private func program(_ name: String) -> String? { ProgramSearch.find(name, in: environment["PATH"] ?? "") }

  private func answer(of python: String, _ program: String) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-I", "-c", program]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
