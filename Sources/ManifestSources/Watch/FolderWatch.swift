import Glibc

/// Tells when something that may matter changed in a folder of manifests, through inotify.
///
/// For one owner and its event loop: wait until `descriptor` can be read or `settlesAt` has come, then ask `takeChange`. A burst of changes is
/// one change, told when the folder has been quiet for a while. New folders are followed, also the folder itself when it is removed and
/// made again. Reading what changed may begin as soon as it is told: what happens meanwhile is told again.
public final class FolderWatch {
  /// Readable when something happened; -1 where the system gives no inotify at all.
  public let descriptor: Int32
  public private(set) var coverage = WatchCoverage.complete
  /// When the change that was noticed is told, in milliseconds of uptime (`CLOCK_BOOTTIME`); nil where none was.
  public private(set) var settlesAt: Int64?

  private let root: String
  /// Milliseconds.
  private let quiet: Int64
  private let maxWatches: Int
  /// When the first of the changes that are not told yet was noticed.
  private var unsettledSince: Int64?
  private var watches: [Int32: WatchedFolder] = [:]

  /// However long changes go on, they are told after so many quiet periods.
  private static let patience: Int64 = 20

  /// - Parameters:
  ///   - folder: a folder, or one manifest; it need not be there yet.
  ///   - quiet: milliseconds without a change that end a burst.
  public convenience init(_ folder: String, quiet: Int64 = 250) {
    self.init(folder, quiet: quiet, maxWatches: .max)
  }

  init(_ folder: String, quiet: Int64, maxWatches: Int) {
    root = absolutePath(folder)
    self.quiet = quiet
    self.maxWatches = maxWatches
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    if descriptor < 0 {
      coverage = .partial(message: WatchTrouble.noInstance(root, errno).message)
    } else {
      follow()
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Takes in what happened, without waiting, and says whether there is a change to be told now.
  public func takeChange(now: Int64) -> Bool {
    if takeEvents() {
      let since = unsettledSince ?? now
      unsettledSince = since
      settlesAt = min(now + quiet, since + quiet * Self.patience)
    }
    guard let due = settlesAt, due <= now else { return false }
    settlesAt = nil
    unsettledSince = nil
    return true
  }

  /// Waits for a change; false when there is none for so long.
  public func waitForChange(milliseconds: Int64) -> Bool { waitForChange(until: uptime() + milliseconds) }

  /// Waits for a change; false when there is none by then.
  ///
  /// - Parameter deadline: in milliseconds of uptime.
  public func waitForChange(until deadline: Int64) -> Bool {
    while true {
      let now = uptime()
      if takeChange(now: now) { return true }
      if now >= deadline { return false }
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, Int32(min(min(deadline, settlesAt ?? deadline) - now, 3_600_000)))
    }
  }

  // MARK: Events

  /// Whether something happened that may matter.
  private func takeEvents() -> Bool {
    guard descriptor >= 0 else { return false }
    var matters = false
    var movesFolders = false
    for event in readEvents(of: descriptor) {
      let watch = watches[event.watch]
      if event.isLost { watches[event.watch] = nil }
      switch watch?.consequence(of: event) ?? (event.isOverflow ? .moved : .none) {
      case .none: break
      case .changed: matters = true
      case .moved:
        matters = true
        movesFolders = true
      }
    }
    if movesFolders { follow() }
    return matters
  }

  // MARK: Watches

  /// Watches whatever is there now: what is watched already stays so.
  private func follow() {
    coverage = .complete
    var met: Set<Int32> = []
    let real = realFolder(root)
    // First the places where the folder itself may come and go, so that nothing happens unseen while it is walked through.
    add(WatchedFolder(path: parent(of: root), only: name(of: root)), to: &met)
    if let real {
      if real != root { add(WatchedFolder(path: parent(of: real), only: name(of: real)), to: &met) }
      if isOnNetwork(real) { coverage = .partial(message: WatchTrouble.network(real).message) }
      walk(real, &met)
    }
    for watch in watches.keys where !met.contains(watch) {
      inotify_rm_watch(descriptor, watch)
      watches[watch] = nil
    }
  }

  private func walk(_ folder: String, _ met: inout Set<Int32>) {
    // Watched before it is listed: a folder that is made in between is in the list, one that is made later is an event.
    guard add(WatchedFolder(path: folder, only: nil), to: &met) else { return }
    for name in subfolders(of: folder) { walk(folder + "/" + name, &met) }
  }

  /// Whether the folder is there and watched; of one that is not there, the nearest above it is watched for its coming.
  @discardableResult
  private func add(_ folder: WatchedFolder, to met: inout Set<Int32>) -> Bool {
    if met.count >= maxWatches { return exhausted(ENOSPC) }
    let watch = inotify_add_watch(descriptor, folder.path, WatchedFolder.events)
    if watch >= 0 {
      // One folder may be watched for two reasons: as a part, and as the place of another.
      let other = met.contains(watch) ? watches[watch] : nil
      watches[watch] = other.map { $0.joined(with: folder) } ?? folder
      met.insert(watch)
      return true
    }
    guard errno == ENOENT || errno == ENOTDIR else {
      return errno == ENOSPC || errno == ENOMEM ? exhausted(errno) : false
    }
    if folder.only != nil, folder.path != "/" {
      add(WatchedFolder(path: parent(of: folder.path), only: name(of: folder.path)), to: &met)
    }
    return false
  }

  private func exhausted(_ code: Int32) -> Bool {
    coverage = .partial(message: WatchTrouble.noWatches(root, code).message)
    return false
  }
}
