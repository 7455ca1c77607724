import Glibc

/// Why a folder cannot be watched, or not all of it.
enum WatchTrouble {
  case noInstance(String, Int32)
  case noWatches(String, Int32)
  case network(String)

  var message: String {
    switch self {
    case .noInstance(let folder, let code):
      "`\(folder)` cannot be watched (\(String(cString: strerror(code)))), so it is looked at from time to time; "
        + "raise `fs.inotify.max_user_instances` with sysctl, or the limit of open files"
    case .noWatches(let folder, _):
      "not all folders below `\(folder)` can be watched, so it is looked at from time to time too; "
        + "raise `fs.inotify.max_user_watches` with sysctl, or keep the manifests in fewer folders"
    case .network(let folder):
      "`\(folder)` is on a file system that does not tell what others change in it, so it is looked at from time to time too; "
        + "keep the manifests on a local disk, or follow them with --git"
    }
  }
}
