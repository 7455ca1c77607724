import ArgumentParser
import Glibc
import PipelineModel
import SQLiteStore
import StoreAPI

struct StateBackupCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy what the state folder remembers to a file, as it is at one instant; runs go on meanwhile.",
    discussion: "The file must not exist yet. Logs and journals of runs are not part of it.")

  @Argument(help: "The file to write.", completion: .file())
  var file: String
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    guard let store = try Workspace.openForReading(global.folder, tracer: global.callTracer).sqlite else {
      return .failed("there is no state folder \(global.folder) to back up; --state names another one")
    }
    do throws(StoreError) { try store.backup(to: file) } catch { return .failed(error.backupSentence) }
    return .done("\(global.folder) is backed up to \(file); `pipectl state restore \(file)` brings it back.")
  }
}

struct StateRestoreCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup in the place of what the state folder remembers.",
    discussion: """
      The replaced file is kept. Runs and requests since the backup are known again where the run's folder is there, and others are not, so \
      that applying their manifests acts on them again: look at `pipectl plan` first. A controller that serves the folder has to be ended before; its runs go on.
      """)

  @Argument(help: "A file that `pipectl state backup` wrote.", completion: .file())
  var file: String
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Flag(name: [.customLong("yes"), .customShort("y")], help: "Agree; nothing is asked.")
  var yes = false
  @OptionGroup var global: GlobalOptions

  /// It is what mends that.
  var mindsLostMemory: Bool { false }

  func verdict() async throws -> Verdict {
    guard access(file, R_OK) == 0 else {
      return .failed("\(file) cannot be read: \(String(cString: strerror(errno))); nothing was changed")
    }
    if let controller = StayingHolder(of: global.folder) { return .failed(controller.refusal(file)) }
    let isNew = try presentStore() == .none
    guard yes || isNew || isAgreed() else {
      return .failed(
        "nothing was done, for replacing what \(global.folder) remembers needs your consent; add --yes to agree")
    }
    try makeFolder(global.folder)
    let kept = try await Workspace.underLock(global.folder, timeout: lockTimeout.span) { try replace() }
    let replaced = kept.map { " What was replaced is in \($0)." } ?? ""
    return .done(
      "\(global.folder) is as it was in \(file).\(replaced) What was asked for since then, and left no folder of a run, is unknown again: "
        + "`pipectl plan` shows what an apply would do.")
  }

  /// Answers where the replaced file is kept.
  private func replace() throws -> String? {
    let kept: String?
    do throws(StoreError) { kept = try SQLiteStore.restore(folder: global.folder, from: file) } catch {
      throw CommandEnd.failed(error.backupSentence)
    }
    try RunsOnDisk(folder: global.folder).reconcile(with: try SQLiteStore.open(folder: global.folder))
    return kept
  }

  private enum Present {
    case none, some
  }

  /// A damaged store is one too: that is what backups are for.
  private func presentStore() throws -> Present {
    do throws(StoreError) {
      return try Workspace.openForReading(global.folder, tracer: global.callTracer).sqlite == nil ? .none : .some
    } catch {
      switch error.code {
      case .corrupt, .failed, .newerVersion: return .some
      case .notWritable, .noFolder, .full, .busy: throw error
      }
    }
  }

  private func isAgreed() -> Bool {
    let terminal = global.terminal
    return terminal.isInteractive
      && terminal.agrees(to: "Really replace what \(global.folder) remembers? The present file is kept beside it.")
  }
}

/// The controller that serves a state folder, under which no memory is replaced: it has read what is there, and goes on from that.
private struct StayingHolder {
  private let folder: String
  private let holder: LockHolder

  init?(of folder: String) {
    guard let holder = FolderLock.holder(of: folder), holder.command.hasPrefix("pipectl serve") else { return nil }
    self.folder = folder
    self.holder = holder
  }

  func refusal(_ file: String) -> String {
    """
    nothing was changed: a controller serves \(folder), \(holder.sentence), and a backup is not put in its place beneath it. End it with \
    `kill -TERM \(holder.pid)` (under systemd: `systemctl stop pipectl`), which leaves runs going; then repeat \
    `pipectl state restore \(file)`, look at `pipectl plan`, and start the controller again
    """
  }
}

extension StoreError {
  /// A backup's own trouble is not the state folder's.
  fileprivate var backupSentence: String {
    switch code {
    case .failed, .corrupt: "\(message); nothing was changed"
    case .notWritable, .noFolder, .full, .newerVersion, .busy: sentence
    }
  }
}
