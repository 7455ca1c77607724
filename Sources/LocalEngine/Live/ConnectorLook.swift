internal import PipelineModel
internal import SingerProtocol

/// One connector, question by question.
struct ConnectorLook {
  let connection: Connection
  let role: ConnectorProbe.Role
  let program: ConnectorProgram
  let config: JSONValue
  let environment: JSONValue
  let workingDirectory: String
  let directory: RunDirectory
  let deadline: Int64
  let timeout: Int64
  let isInterrupted: @Sendable () -> Bool
  var report: ProbeReport

  mutating func run() throws(Failure) {
    report.isBuiltin = program.isBuiltin
    if !program.isBuiltin { try askForItself() }
    guard role == .source, connection.capabilities.discovery != false, isReady else { return }
    try discover()
  }

  /// What is known to be wrong would only be said again by the tap.
  private var isReady: Bool {
    !report.isInterrupted
      && report.findings.allSatisfy { finding in
        switch finding {
        case .secretUnresolved, .programMissing, .doesNotStart, .machine, .discoveryFailed: false
        case .setting(let problem): problem.isHarmless
        case .answersNothing, .catalogOption: true
        }
      }
  }

  private mutating func askForItself() throws(Failure) {
    let answer = try ask(["--about", "--format=json"], within: timeout / 3)
    guard note(answer) else { return }
    if answer.exit.isSuccess, let output = answer.output, let about = ConnectorAbout(output) {
      report.about = about
      let unread = report.findings.compactMap(\.unresolvedPath)
      report.findings += about.settings.problems(in: config).filter { !unread.contains($0.place(below: "config")) }.map
      { .setting($0) }
      noteCatalogOption { about.can($0 == .catalog ? "catalog" : "properties") ?? true }
    } else {
      try askForHelp()
    }
  }

  /// Those that do not know `--about` know this.
  private mutating func askForHelp() throws(Failure) {
    let answer = try ask(["--help"], within: timeout / 3)
    guard note(answer) else { return }
    let text = String(decoding: answer.output ?? [], as: UTF8.self) + answer.lastLines.joined(separator: "\n")
    guard answer.exit.isSuccess else {
      guard role == .destination else { return }
      let failure = Failure(.targetFailed, "`--help` \(answer.exit.phrase)", lastLines: answer.lastLines)
      report.findings.append(.answersNothing(failure))
      return
    }
    noteCatalogOption { text.contains($0.option) }
  }

  /// Whether the program ran to its end; what ended by a signal does not start.
  private mutating func note(_ answer: BriefProcess.Answer) -> Bool {
    switch (answer.ending, answer.exit) {
    case (.interrupted, _):
      report.isInterrupted = true
      return false
    case (.byItself, .signal):
      report.findings.append(
        .doesNotStart(Failure(failureCode, "its program \(answer.exit.phrase)", lastLines: answer.lastLines)))
      return false
    case (.byItself, .code), (.late, _):
      report.hasStarted = true
      return true
    }
  }

  private var failureCode: FailureCode {
    switch role {
    case .source: .tapFailed
    case .destination: .targetFailed
    }
  }

  /// Says so where the tap knows only the other option.
  private mutating func noteCatalogOption(_ knows: (Connection.CatalogArgument) -> Bool) {
    guard role == .source, connection.capabilities.discovery != false, !knows(connection.catalogArgument) else {
      return
    }
    for other in Connection.CatalogArgument.allCases where other != connection.catalogArgument && knows(other) {
      report.findings.append(.catalogOption(known: other))
    }
  }

  private mutating func discover() throws(Failure) {
    do {
      try Files.replace(directory.tapConfig, with: Array(config.text.utf8))
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
    let left = max(deadline - Clock.uptime(), timeout / 3)
    let answer = try ask(
      ["--config", directory.tapConfig, "--discover"], within: left, in: workingDirectory,
      bound: OutputReaders.Collected.bound)
    switch answer.ending {
    case .interrupted: report.isInterrupted = true
    case .late:
      let limit = TimeSpan(milliseconds: timeout)
      report.findings.append(
        .discoveryFailed(
          Failure(.discoveryFailed, "the tap's discovery did not end within \(limit)", lastLines: answer.lastLines)))
    case .byItself:
      report.hasStarted = true
      readCatalog(answer)
    }
  }

  private mutating func readCatalog(_ answer: BriefProcess.Answer) {
    do throws(Failure) {
      report.catalog =
        try discoveredCatalog(
          exit: answer.exit, output: answer.output, lastLines: answer.lastLines, scrubber: report.scrubber
        ).catalog
    } catch {
      report.findings.append(.discoveryFailed(error))
    }
  }

  /// In the private folder unless told otherwise: some write where they are.
  private func ask(
    _ options: [String], within limit: Int64, in folder: String? = nil, bound: Int = 16 << 20
  ) throws(Failure) -> BriefProcess.Answer {
    let connectorRole = role == .source ? ConnectorRole.discovery : .target
    let variables = ConnectorEnvironment(looking: directory, role: connectorRole, named: environment)
    let start = ConnectorStart(
      program: program, options: options, environment: variables.strings, directory: folder ?? directory.path)
    let log: BoundedLog
    do {
      log = try BoundedLog(path: "\(directory.path)/\(options[0]).log", bound: 1 << 20, scrubber: report.scrubber)
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
    return try BriefProcess(start: start, log: log, bound: bound, isInterrupted: isInterrupted).run(within: limit)
  }
}

extension ProbeFinding {
  fileprivate var unresolvedPath: String? {
    if case .secretUnresolved(let path, _) = self { path } else { nil }
  }
}
