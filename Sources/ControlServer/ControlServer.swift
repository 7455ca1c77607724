public import ControlAPI
public import ControlLoop
import Glibc
import Hummingbird
import Logging
public import StoreAPI

/// The controller's face: takes goals from commands, and tells how it is getting on, over a Unix socket.
///
/// The state folder's lock must be held before it runs: a socket that is at the path is taken for one that a dead controller left.
public struct ControlServer: Sendable {
  let socket: ControlSocket
  let version: String
  let store: any ControlStore
  let telemetry: Telemetry
  let turns: TurnQueue
  let controller: @Sendable (GoalSession) -> Controller
  let status: any ControllerStatusSource
  let pipelines: @Sendable () async throws -> String
  let maxConcurrentRuns: Int?

  /// - Parameters:
  ///   - version: of the program; commands of other versions are refused.
  ///   - store: for what is looked up; the one that `telemetry` watches.
  ///   - turns: which the controller's own rounds take too.
  ///   - maxConcurrentRuns: of all pipelines together, whoever asks for them; absent: only the engines' own bounds hold.
  ///   - controller: makes the loop of one goal: with the store that `telemetry` watches, the session's turns in the place of the lock, its
  ///     observer, and a waiter that listens to `isAbandoned`.
  ///   - pipelines: what `GET /v1/state` shows of them: the document of `pipectl get -o json`.
  public init(
    socket: ControlSocket, version: String, store: any ControlStore, telemetry: Telemetry, turns: TurnQueue,
    status: any ControllerStatusSource, maxConcurrentRuns: Int? = nil,
    pipelines: @escaping @Sendable () async throws -> String,
    controller: @escaping @Sendable (GoalSession) -> Controller
  ) {
    self.socket = socket
    self.version = version
    self.store = store
    self.telemetry = telemetry
    self.turns = turns
    self.status = status
    self.pipelines = pipelines
    self.maxConcurrentRuns = maxConcurrentRuns
    self.controller = controller
  }

  /// Serves until its task is cancelled; goals under way then end as if their commands waited no longer, and runs go on.
  ///
  /// - Parameter onReady: called when commands can connect.
  public func run(onReady: @escaping @Sendable () async -> Void = {}) async throws(ControlError) {
    try socket.prepare()
    let handle = ControlSocket.FolderHandle(of: socket)
    defer {
      withExtendedLifetime(handle) {}
      unlink(socket.path)
    }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .unixDomainSocket(path: handle?.address ?? socket.path)),
      onServerRunning: { _ in await onReady() }, logger: Logger(label: "pipectl") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await application.run()
    } catch {
      if !Task.isCancelled { throw ControlError(.socket, "\(socket.path) cannot be listened at: \(error)") }
    }
  }
}
