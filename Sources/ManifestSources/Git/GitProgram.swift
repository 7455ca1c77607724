import Glibc

/// The system's `git`, called with arguments, never through a shell, and never for longer than it is allowed to.
struct GitProgram: Sendable {
  let path: String
  /// `NAME=value`.
  let environment: [String]
  /// The newest version in which all that is used here is not there yet.
  private static let tooOld = (2, 28)

  /// Finds it on PATH and asks for its version.
  init(environment: [String: String], credentials: GitCredentials?) throws(SourceFailure) {
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    guard let path = folders.map({ String($0) + "/git" }).first(where: { (path: String) in access(path, X_OK) == 0 })
    else {
      throw SourceFailure(
        .gitMissing, "there is no `git` on PATH, and it is what repositories are read with: install it")
    }
    self.path = path
    self.environment = gitEnvironment(from: environment, credentials: credentials)
    try demandVersion()
  }

  private func demandVersion() throws(SourceFailure) {
    let answer = try call(["version"], limit: 10_000)
    let text = answer.text
    let numbers = text.split(separator: " ").dropFirst(2).first?.split(separator: ".").prefix(2).compactMap { Int($0) }
    guard let numbers, numbers.count == 2, (numbers[0], numbers[1]) > Self.tooOld else {
      throw SourceFailure(
        .gitTooOld, "`\(path)` says \"\(text)\", and 2.29 is the oldest git that will do: install a newer one")
    }
  }

  /// Whatever a user's or a system's configuration says of these, it is not done.
  private static let settings = [
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.alternateRefsCommand=", "gc.autoDetach=false",
    "maintenance.autoDetach=false", "fetch.recurseSubmodules=false", "fetch.writeCommitGraph=false",
    "fetch.showForcedUpdates=false", "advice.fetchShowForcedUpdates=false", "credential.interactive=false",
  ].flatMap { ["-c", $0] }

  /// - Parameters:
  ///   - limit: milliseconds.
  ///   - bound: the most bytes that are taken of its output.
  func call(
    _ arguments: [String], in repository: String? = nil, input: [UInt8]? = nil, limit: Int64, bound: Int = 1 << 20
  ) throws(SourceFailure) -> GitAnswer {
    let place = repository.map { ["--git-dir", $0] } ?? []
    let program = { (input: InputFile?) in
      BriefProgram(
        path: path, arguments: ["git"] + place + Self.settings + arguments, environment: environment, input: input,
        limit: limit, bound: bound)
    }
    do {
      let file = try input.map { bytes throws(SystemError) in try InputFile(bytes, in: repository ?? "/tmp") }
      return GitAnswer(command: arguments.first ?? "git", try program(file).run(), limit: limit)
    } catch {
      throw SourceFailure(system: error)
    }
  }
}

extension SourceFailure {
  init(system error: SystemError) {
    let isFull = error.code == ENOSPC || error.code == EDQUOT
    self.init(
      isFull ? .diskFull : .failed,
      "cannot \(error.action): \(error.reason)" + (isFull ? "; free some space, it is tried again" : ""))
  }
}
