import EngineAPI
import Foundation
import Glibc
import LocalEngine
import PipelineModel
import SQLiteStore
import StoreAPI

/// Looks at a state folder; nothing is changed.
struct FolderCheckup {
  let folder: String

  func checks() async -> [DoctorView.Check] {
    let access = accessCheck
    guard access.status != .broken, FileManager.default.fileExists(atPath: folder) else { return [access] }
    do throws(StoreError) {
      let workspace = try Workspace.openForReading(folder)
      guard let store = workspace.sqlite else { return [access, spaceCheck] + (try lostCheck) }
      return [
        access, spaceCheck, try integrityCheck(store), try versionCheck(store), lockCheck, try clockCheck(workspace),
      ]
        + (await engineChecks(workspace))
    } catch {
      return [access, spaceCheck, DoctorView.Check(name: "memory", status: .broken, message: error.sentence)]
    }
  }

  private var lostCheck: [DoctorView.Check] {
    get throws(StoreError) {
      guard let lost = try LostMemory(of: folder) else { return [] }
      return [DoctorView.Check(name: "memory", status: .broken, message: lost.finding, help: lost.help)]
    }
  }

  private var accessCheck: DoctorView.Check {
    var status = stat()
    guard stat(folder, &status) == 0 else { return parentCheck }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return DoctorView.Check(
        name: "state folder", status: .broken, message: "\(folder) is no folder", help: "name another one with --state")
    }
    guard access(folder, R_OK | W_OK | X_OK) == 0 else {
      return DoctorView.Check(
        name: "state folder", status: .broken, message: "\(folder) cannot be written by \(author())",
        help: "chown or chmod it; its owner is uid \(status.st_uid)")
    }
    guard status.st_mode & 0o077 == 0 else {
      return DoctorView.Check(
        name: "state folder", status: .warning, message: "\(folder) can be entered by others",
        help: "chmod 700 \(folder)")
    }
    return DoctorView.Check(name: "state folder", status: .ok, message: "\(folder), only for its owner, can be written")
  }

  private var parentCheck: DoctorView.Check {
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    guard access(parent, W_OK | X_OK) == 0 else {
      return DoctorView.Check(
        name: "state folder", status: .broken, message: "\(folder) does not exist, and \(author()) cannot make it",
        help: "make it, or name another one with --state")
    }
    return DoctorView.Check(
      name: "state folder", status: .ok, message: "\(folder) does not exist yet; the first apply makes it")
  }

  private var spaceCheck: DoctorView.Check {
    var space = statvfs()
    guard statvfs(folder, &space) == 0 else {
      return DoctorView.Check(name: "disk", status: .warning, message: String(cString: strerror(errno)))
    }
    let free = Int64(space.f_bavail) * Int64(space.f_frsize)
    let isTight = free < 100_000_000
    return DoctorView.Check(
      name: "disk", status: isTight ? .warning : .ok, message: "\(byteText(free)) free",
      help: isTight ? "make room: runs stop when their journals cannot be written" : nil)
  }

  private func integrityCheck(_ store: SQLiteStore) throws(StoreError) -> DoctorView.Check {
    let findings = try store.checkIntegrity()
    guard let first = findings.first else {
      return DoctorView.Check(name: "memory", status: .ok, message: "whole; folder id \(store.folderID)")
    }
    return DoctorView.Check(
      name: "memory", status: .broken, message: "damaged: \(first)",
      help: "`pipectl state restore FILE` brings back a backup, and keeps the damaged file")
  }

  private func versionCheck(_ store: SQLiteStore) throws(StoreError) -> DoctorView.Check {
    let migrations = try store.appliedMigrations()
    return DoctorView.Check(
      name: "format", status: .ok,
      message: "\(counted(migrations.count, "migration")), the latest is `\(migrations.last ?? "none")`")
  }

  private var lockCheck: DoctorView.Check {
    guard let holder = FolderLock.holder(of: folder) else {
      return DoctorView.Check(name: "lock", status: .ok, message: "free")
    }
    return DoctorView.Check(
      name: "lock", status: .ok, message: "held by \(holder.sentence)",
      help: "commands that act wait for it; it is free when that process ends, however it ends")
  }

  /// A clock that was set back makes records come from the future.
  private func clockCheck(_ workspace: Workspace) throws(StoreError) -> DoctorView.Check {
    let now = workspace.clock.now()
    let stored = try workspace.store.load(StoreQuery())
    let latest = (stored.runs.map(\.observedAt) + stored.pipelines.map(\.appliedAt)).max()
    guard let latest, latest > now + TimeSpan(seconds: 60) else {
      return DoctorView.Check(name: "records", status: .ok, message: "none is from the future")
    }
    return DoctorView.Check(
      name: "records", status: .broken, message: "the latest is of \(latest), and the clock says \(now)",
      help: "set the clock right; slots and expiries go by it")
  }

  private func engineChecks(_ workspace: Workspace) async -> [DoctorView.Check] {
    switch await workspace.engine.observe() {
    case .complete(_, _, let runs, let unreadable):
      let broken = unreadable.map { run in
        DoctorView.Check(
          name: "run \(run.run)", status: .broken, message: run.reason,
          help:
            "nothing is done to \(run.run.pipeline) until it can be read; where that cannot be mended and nothing of the run is alive, "
            + "move its folder out of \(folder)/runs/active: the run is then lost, and what it confirmed and was recorded stays"
        )
      }
      let active = runs.filter { !$0.status.isEnded }.map(\.run.description)
      return [
        DoctorView.Check(
          name: "engine local", status: .ok,
          message: active.isEmpty ? "no run is active" : "active: \(listed(active))")
      ] + broken
    case .unavailable(let words, _):
      return [
        DoctorView.Check(
          name: "engine local", status: .broken, message: "cannot be read: \(words)",
          help: "check the modes of \(folder)/runs")
      ]
    }
  }
}
