internal import Glibc
internal import PipelineModel

/// The folder of all runs, with `active` and `ended` in it.
struct RunsFolder: Hashable, Sendable {
  let path: String

  func active(_ run: RunID) -> RunDirectory { RunDirectory("\(path)/active/\(run)") }
  func ended(_ run: RunID) -> RunDirectory { RunDirectory("\(path)/ended/\(run)") }

  /// Where the run is; nil where there is none.
  func directory(of run: RunID) -> RunDirectory? {
    [active(run), ended(run)].first { Files.exists($0.path) }
  }

  /// Sorted; none where nothing ever ran.
  func active() throws(PosixError) -> [RunID] {
    let names = try Files.names(in: path + "/active") ?? []
    return names.compactMap { $0.hasPrefix(".") ? nil : RunID($0) }.sorted()
  }

  /// The folder of a run that is to begin.
  struct Prepared {
    var directory: RunDirectory
    /// Whether it was made just now, and therefore holds this specification; another one may be there otherwise.
    var isNew: Bool
  }

  /// Finds the run's folder among the active ones, or makes it: whole, with its specification, or not at all. An ended one comes back where
  /// a further attempt is ordered; nil where that attempt was put away as ended: whoever orders it again has forgotten it.
  func prepare(_ specification: RunSpecification) throws -> Prepared? {
    let order = specification.order
    let directory = active(order.run)
    if Files.exists(directory.path) { return Prepared(directory: directory, isNew: false) }
    let ended = ended(order.run)
    if Files.exists(ended.path) {
      var reader = JournalReader()
      try reader.catchUp(with: ended.journal)
      guard reader.history.attempt < order.attempt else { return nil }
      try move(ended, to: directory)
      return Prepared(directory: directory, isNew: false)
    }
    return Prepared(directory: directory, isNew: try make(directory, specification))
  }

  /// Whether it was this one that made the folder.
  private func make(_ directory: RunDirectory, _ specification: RunSpecification) throws -> Bool {
    let parent = path + "/active"
    try Files.makeFolder(parent)
    sweep(parent)
    let temporary = RunDirectory("\(parent)/.new-\(directory.name)-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    try Files.makeFolder(temporary.path)
    try specification.write(to: temporary)
    guard rename(temporary.path, directory.path) == 0 else {
      let error = PosixError("make the run's folder \(directory.path)")
      unlink(temporary.specification)
      rmdir(temporary.path)
      // Somebody made it at the same moment: theirs is as good.
      if error.code == ENOTEMPTY || error.code == EEXIST { return false }
      throw error
    }
    try Files.synchronize(folder: parent)
    return true
  }

  /// Removes what a controller that was killed left half made: `.new-<run>-<its pid>-<number>`. A living one's is its own affair.
  private func sweep(_ parent: String) {
    let names = (try? Files.names(in: parent)).flatMap { $0 } ?? []
    for name in names where name.hasPrefix(".new-") {
      let fields = name.split(separator: "-")
      guard fields.count > 3, let pid = Int32(fields[fields.count - 2]), kill(pid, 0) != 0, errno == ESRCH else {
        continue
      }
      let folder = parent + "/" + name
      for file in (try? Files.names(in: folder)).flatMap({ $0 }) ?? [] { unlink(folder + "/" + file) }
      rmdir(folder)
    }
  }

  /// Puts an ended run away; nothing where it was put away before.
  func retire(_ run: RunID) throws(PosixError) {
    let directory = active(run)
    guard Files.exists(directory.path) else { return }
    try move(directory, to: ended(run))
  }

  private func move(_ source: RunDirectory, to destination: RunDirectory) throws(PosixError) {
    let parents = [Files.parent(of: source.path), Files.parent(of: destination.path)]
    try Files.makeFolder(parents[1])
    guard rename(source.path, destination.path) == 0 || errno == ENOENT else {
      throw PosixError("move \(source.path) to \(destination.path)")
    }
    for parent in parents { try Files.synchronize(folder: parent) }
  }
}
