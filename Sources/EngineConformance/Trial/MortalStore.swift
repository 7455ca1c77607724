import PipelineModel
import StoreAPI

/// A state folder's memory, as a controller has it that dies: from a call of an engine on nothing is recorded any more.
final class MortalStore: ForwardingStore {
  let store: any ControlStore
  private let life: ControllerLife

  init(_ store: any ControlStore, life: ControllerLife) {
    self.store = store
    self.life = life
  }

  func commit(_ changes: [StateChange]) throws(StoreError) {
    guard life.goesOn else { throw StoreError(.failed, "the controller died") }
    try store.commit(changes)
  }
}
