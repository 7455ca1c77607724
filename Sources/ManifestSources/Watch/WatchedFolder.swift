import Glibc

/// A folder that inotify looks at, and what of its events matters.
struct WatchedFolder: Hashable {
  let path: String
  /// Only the coming and going of this name matters; nil for a part of the manifests' folder.
  let only: Set<String>?
  private let isPart: Bool

  init(path: String, only name: String?) {
    self.path = path
    only = name.map { [$0] }
    isPart = name == nil
  }

  private init(path: String, only: Set<String>?, isPart: Bool) {
    self.path = path
    self.only = only
    self.isPart = isPart
  }

  func joined(with other: WatchedFolder) -> WatchedFolder {
    let names = (only ?? []).union(other.only ?? [])
    return WatchedFolder(path: path, only: names.isEmpty ? nil : names, isPart: isPart || other.isPart)
  }

  enum Consequence {
    case none
    /// A manifest may be different.
    case changed
    /// Folders came or went, so what is watched must be found anew.
    case moved
  }

  static let events = UInt32(
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF)

  func consequence(of event: WatchEvent) -> Consequence {
    // Gone with everything in it, or moved elsewhere: what stands in its place is found anew.
    if event.concernsItself { return .moved }
    if only?.contains(event.name) == true {
      return event.isComingOrGoing ? .moved : isManifest(event.name) ? .changed : .none
    }
    guard isPart else { return .none }
    // As Kubernetes changes a mounted ConfigMap: by a link of this name.
    if event.name == "..data" { return .changed }
    if event.name.hasPrefix(".") { return .none }
    if event.isFolder { return event.isComingOrGoing ? .moved : .changed }
    return isManifest(event.name) ? .changed : .none
  }

  private func isManifest(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || only?.contains(name) == true
  }
}
