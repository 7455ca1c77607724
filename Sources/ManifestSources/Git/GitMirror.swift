import Foundation
import PipelineModel

/// A private bare copy of what is followed: objects and refs, never a checkout.
struct GitMirror {
  let folder: String
  let location: GitLocation
  let git: GitProgram
  /// Milliseconds for a call that reaches the remote.
  let patience: Int64
  /// Milliseconds for a call that does not.
  static let localPatience: Int64 = 120_000

  /// - Parameter folder: relative to the working folder of this process, or absolute; git is called in `/`, where a relative path would
  ///   be another folder, and the same one for everybody.
  init(folder: String, location: GitLocation, git: GitProgram, patience: Int64) {
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    self.location = location
    self.git = git
    self.patience = patience
  }

  private var subject: String { "`\(location.url)`" }

  /// The commit that the remote has now; everything that it reaches is here.
  func fetch() throws(SourceFailure) -> CommitID {
    try prepare()
    do throws(SourceFailure) {
      return try fetched()
    } catch {
      guard error.code == .damaged else { throw error }
      try remove()
      try prepare()
      return try fetched()
    }
  }

  private func fetched() throws(SourceFailure) -> CommitID {
    switch location.ref {
    case .commit(let id):
      if try !holds(id) { try fetch(id.text) }
      guard try holds(id) else { throw missing }
      return id
    case .named:
      let (name, tip) = try remoteRef()
      if let known = try commit(localName), try commit(tip) == known { return known }
      try fit(idLength: tip.utf8.count)
      try fetch(name)
      guard let commit = try commit(localName) else { throw notACommit }
      return commit
    }
  }

  // MARK: The remote

  /// The full name of what is followed, and what it points at.
  private func remoteRef() throws(SourceFailure) -> (name: String, tip: String) {
    let names = location.ref.candidates
    let answer = try call(["ls-remote", "--quiet", "--", location.url] + names, limit: patience)
    let found = Dictionary(
      answer.text.split(separator: "\n").compactMap { line -> (String, String)? in
        let parts = line.split(separator: "\t")
        return parts.count == 2 ? (String(parts[1]), String(parts[0])) : nil
      }, uniquingKeysWith: { first, _ in first })
    for name in names {
      if let tip = found[name] {
        return (name, tip)
      }
    }
    throw missing
  }

  private func fetch(_ source: String) throws(SourceFailure) {
    let arguments = [
      "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--", location.url,
      "+\(source):\(localName)",
    ]
    let answer = try git.call(arguments, in: folder, limit: patience)
    if !answer.succeeded, answer.words.contains(where: { $0.contains(".lock") && $0.contains("File exists") }) {
      // Left by a git that was killed: nobody else writes here.
      removeLocks()
      _ = try call(arguments, limit: patience)
    } else {
      _ = try answer.demand(of: subject)
    }
  }

  private var missing: SourceFailure {
    let kind =
      switch location.ref {
      case .commit: "commit"
      case .named: "branch or tag"
      }
    return SourceFailure(
      .refNotFound, "\(subject) has no \(kind) `\(location.ref)`; check --ref, or push it")
  }

  private var notACommit: SourceFailure {
    SourceFailure(.refNotFound, "`\(location.ref)` in \(subject) is no commit; follow a branch or a tag of one")
  }

  // MARK: What is here

  /// Whether a commit descends from another, or is it.
  func descends(_ commit: CommitID, from old: CommitID) throws(SourceFailure) -> Bool {
    guard try holds(old) else { return false }
    let answer = try git.call(
      ["merge-base", "--is-ancestor", old.text, commit.text], in: folder, limit: Self.localPatience)
    if answer.ending == .exited(1) { return false }
    _ = try answer.demand(of: subject)
    return true
  }

  func holds(_ commit: CommitID) throws(SourceFailure) -> Bool {
    try self.commit(commit.text) != nil
  }

  /// The commit of a name or of a tag's id; nil where it is not here.
  private func commit(_ name: String) throws(SourceFailure) -> CommitID? {
    let answer = try git.call(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], in: folder,
      limit: Self.localPatience)
    switch answer.ending {
    case .exited(let code): return code == 0 ? CommitID(answer.text) : nil
    case .signalled, .late, .verbose: throw answer.failure(of: subject)
    }
  }

  func call(
    _ arguments: [String], input: [UInt8]? = nil, limit: Int64 = GitMirror.localPatience, bound: Int = 1 << 20
  ) throws(SourceFailure) -> GitAnswer {
    try git.call(arguments, in: folder, input: input, limit: limit, bound: bound).demand(of: subject)
  }

  // MARK: The folder

  /// One name for each ref that is followed.
  private var localName: String { "refs/pipectl/" + fingerprint(of: location.ref.description) }

  private func prepare(format: String = "sha1") throws(SourceFailure) {
    if FileManager.default.fileExists(atPath: folder + "/HEAD"),
      FileManager.default.fileExists(atPath: folder + "/objects")
    {
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw folderFailure("make", error)
    }
    _ = try git.call(
      ["init", "--quiet", "--bare", "--template=", "--object-format=\(format)", "--", folder],
      limit: Self.localPatience
    ).demand(of: "`\(folder)`")
  }

  /// A repository whose ids are longer wants a copy of that kind.
  private func fit(idLength: Int) throws(SourceFailure) {
    let format = idLength == 64 ? "sha256" : "sha1"
    let answer = try call(["rev-parse", "--show-object-format"])
    if answer.text == format { return }
    try remove()
    try prepare(format: format)
  }

  private func remove() throws(SourceFailure) {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      throw folderFailure("remove", error)
    }
  }

  private func folderFailure(_ action: String, _ error: any Error) -> SourceFailure {
    SourceFailure(
      .failed, "cannot \(action) `\(folder)`, the private copy of \(subject): \(error.localizedDescription)")
  }

  private func removeLocks() {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names where name.hasSuffix(".lock") { unlink(folder + "/" + name) }
  }
}
