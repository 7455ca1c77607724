import SQLiteStore

/// The controller that serves a state folder now: `process 4711 on db1 (pipectl serve, since …)`; absent where none does.
///
/// It holds the folder's lock for as long as it lives, so nothing about it can be stale.
func controllerPresence(of folder: String) -> String? {
  guard let holder = FolderLock.holder(of: folder), holder.command == "pipectl serve" else { return nil }
  return holder.sentence
}
