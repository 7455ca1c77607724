import ControlLoop
import PipelineModel
import SQLiteStore
import StoreAPI

/// The lock of a state folder, taken and given back by one controller after the other.
actor StateLock: ControlLoop.ControllerLock {
  private let folder: String
  private let timeout: TimeSpan
  private var held: FolderLock?

  init(folder: String, timeout: TimeSpan) {
    self.folder = folder
    self.timeout = timeout
  }

  /// Looks for a while in short turns, so that an interruption is heard.
  func acquire() -> LockAnswer {
    let clock = SystemClock()
    let deadline = clock.now() + timeout
    while true {
      let left = max(TimeSpan(seconds: 0), deadline - clock.now())
      do throws(LockError) {
        let turn = min(left, TimeSpan(milliseconds: 250))
        held = try FolderLock.acquire(folder: folder, command: callerWords(), timeout: turn)
        return .acquired
      } catch {
        switch error.code {
        case .held(let holder) where left.milliseconds == 0 || Interruption.signalNumber != nil:
          return .held(by: holder?.sentence ?? "another process")
        case .held: continue
        case .unavailable: return .failed(StoreError(.notWritable, error.message))
        }
      }
    }
  }

  func release() {
    held = nil
  }
}

/// Verb and object of this command; the values of options are nobody else's business.
func callerWords() -> String {
  let arguments = withGlobalOptionsBehind(Array(CommandLine.arguments.dropFirst()))
  return (["pipectl"] + arguments.prefix { !$0.hasPrefix("-") }).joined(separator: " ")
}

extension LockHolder {
  /// `process 4711 on db1 (pipectl apply, since 2026-11-21T05:30:12Z)`.
  var sentence: String {
    "process \(pid) on \(host) (\(command), since \(Timestamp(seconds: since / 1000)))"
  }
}
