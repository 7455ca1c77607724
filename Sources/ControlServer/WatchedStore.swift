import PipelineModel
import StoreAPI

/// A store whose commits are known to the telemetry.
struct WatchedStore: ForwardingStore {
  let store: any ControlStore
  let telemetry: Telemetry

  func commit(_ changes: [StateChange]) throws(StoreError) {
    try store.commit(changes)
    telemetry.noteCommit(changes)
  }
}
