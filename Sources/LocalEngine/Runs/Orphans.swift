internal import Foundation
internal import Glibc
internal import PipelineModel

/// The processes that a dead supervisor left behind.
///
/// Known by two marks: the process group that the journal names, as long as its number cannot have passed to somebody else, and the run's
/// directory in their environment, which also those carry that left their group.
struct Orphans {
  private let directory: RunDirectory
  private let history: RunHistory

  init(_ directory: RunDirectory, _ history: RunHistory) {
    self.directory = directory
    self.history = history
  }

  /// Sorted by pid.
  func processes() -> [ProcessTable.Entry] {
    // After a restart of the machine nothing can be left, and every number means something else.
    guard let supervisor = history.supervisor, supervisor.identity.bootID == ProcessTable.bootID() else { return [] }
    let entries = ProcessTable.all()
    let groups = Set(history.children.filter { isSame($0, entries) }.map(\.group))
    return entries.filter { entry in
      guard entry.isLivingOther else { return false }
      return groups.contains(entry.group) || ProcessTable.environment(of: entry.pid, contains: directory.mark)
    }
  }

  /// Whether a recorded group is still the same: a number is not used again while a group has it, so only a leader with another start time
  /// tells that it has passed on.
  private func isSame(_ child: ChildRecord, _ entries: [ProcessTable.Entry]) -> Bool {
    guard let leader = entries.first(where: { $0.pid == child.identity.pid }) else { return true }
    return leader.startTime == child.identity.startTime
  }

  /// One step towards their end: SIGTERM at the first call, SIGKILL at those after the grace. Returns since when that goes on; nil when
  /// none is left.
  func end(grace: TimeSpan) throws -> Timestamp? {
    let processes = processes()
    guard !processes.isEmpty else { return nil }
    let now = Clock.now()
    guard let begun = try begun() else {
      try Files.replace(directory.orphans, with: Array(try JSONEncoder().encode(["since": now])))
      for process in processes { kill(process.pid, SIGTERM) }
      return now
    }
    if now - begun >= grace {
      for process in processes { kill(process.pid, SIGKILL) }
    }
    return begun
  }

  private func begun() throws -> Timestamp? {
    guard let bytes = try Files.contentsIfPresent(of: directory.orphans) else { return nil }
    return try JSONDecoder().decode([String: Timestamp].self, from: Data(bytes))["since"]
  }
}
