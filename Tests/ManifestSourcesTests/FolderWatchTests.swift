import Foundation
import Glibc
import PipelineModel
import Testing

@testable import ManifestSources

struct FolderWatchTests {
  /// Far longer than any machine takes; nothing waits for so long where all is well.
  private func isTold(_ watch: FolderWatch) -> Bool { watch.waitForChange(until: uptime() + 60_000) }

  /// Whatever happened is taken in, and it was nothing that matters.
  private func isQuiet(_ watch: FolderWatch) -> Bool { !watch.takeChange(now: uptime()) && watch.settlesAt == nil }

  private func write(_ name: String, in folder: ManifestFolder, _ text: String = "x") throws {
    try text.write(toFile: folder.path + "/" + name, atomically: false, encoding: .utf8)
  }

  private func make(_ name: String, in folder: ManifestFolder) throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
  }

  @Test func `a changed, new, moved or removed manifest is told, and what is none is not`() throws {
    let folder = try ManifestFolder(["jobs/a.yaml": "a", "jobs/.git/x.yaml": "x"])
    let watch = FolderWatch(folder.path + "/jobs", quiet: 1)
    #expect(watch.coverage == .complete && isQuiet(watch))
    try write("jobs/a.yaml", in: folder, "b")
    #expect(isTold(watch))
    try write("jobs/notes.txt", in: folder)
    try write("jobs/.a.yaml.swp", in: folder)
    try write("jobs/.git/x.yaml", in: folder)
    try write("elsewhere.yaml", in: folder)
    #expect(isQuiet(watch))
    // As an editor writes.
    try write("jobs/.a.yaml.new", in: folder, "c")
    rename(folder.path + "/jobs/.a.yaml.new", folder.path + "/jobs/a.yaml")
    #expect(isTold(watch))
    unlink(folder.path + "/jobs/a.yaml")
    #expect(isTold(watch))
  }

  @Test func `new folders are followed, however deep and however they came`() throws {
    let folder = try ManifestFolder(["jobs/a.yaml": "a", "outside/deep/b.yaml": "b"])
    let watch = FolderWatch(folder.path + "/jobs", quiet: 1)
    try make("jobs/one/two", in: folder)
    #expect(isTold(watch))
    try write("jobs/one/two/c.yaml", in: folder)
    #expect(isTold(watch))
    rename(folder.path + "/outside", folder.path + "/jobs/inside")
    #expect(isTold(watch))
    try write("jobs/inside/deep/b.yaml", in: folder, "c")
    #expect(isTold(watch))
    rename(folder.path + "/jobs/inside", folder.path + "/outside")
    #expect(isTold(watch))
    try write("outside/deep/b.yaml", in: folder, "d")
    #expect(isQuiet(watch))
  }

  @Test func `a burst is one change, told when it is over, or after a while when it never ends`() throws {
    let folder = try ManifestFolder(["a.yaml": "a"])
    let watch = FolderWatch(folder.path, quiet: 1000)
    // The watch is given the time; nothing waits.
    for instant in stride(from: Int64(0), through: 500, by: 100) {
      try write("a.yaml", in: folder, "\(instant)")
      #expect(!watch.takeChange(now: instant))
    }
    #expect(watch.settlesAt == 1500)
    #expect(!watch.takeChange(now: 1499))
    #expect(watch.takeChange(now: 1500))
    #expect(watch.settlesAt == nil && !watch.takeChange(now: 9000))
    var told: Int64?
    for instant in stride(from: Int64(10_000), through: 60_000, by: 500) where told == nil {
      try write("a.yaml", in: folder, "\(instant)")
      if watch.takeChange(now: instant) { told = instant }
    }
    #expect(told == 30_000)
  }

  @Test func `a folder that is removed and made again is still watched`() throws {
    let folder = try ManifestFolder(["up/jobs/a.yaml": "a"])
    let watch = FolderWatch(folder.path + "/up/jobs", quiet: 1)
    for gone in ["up/jobs", "up"] {
      try FileManager.default.removeItem(atPath: folder.path + "/" + gone)
      #expect(isTold(watch))
      try make("up", in: folder)
      _ = watch.takeChange(now: uptime())
      try make("up/jobs", in: folder)
      #expect(isTold(watch))
      try write("up/jobs/a.yaml", in: folder)
      #expect(isTold(watch))
    }
    // Another folder in its place, in one step.
    try make("other", in: folder)
    rename(folder.path + "/up/jobs", folder.path + "/old")
    rename(folder.path + "/other", folder.path + "/up/jobs")
    #expect(isTold(watch))
    try write("up/jobs/b.yaml", in: folder)
    #expect(isTold(watch))
  }

  @Test func `links are followed as far as reading follows them`() throws {
    let folder = try ManifestFolder(["real/a.yaml": "a", "next/a.yaml": "b", "..1/a.yaml": "1"])
    try folder.link("jobs", to: "real")
    let watch = FolderWatch(folder.path + "/jobs", quiet: 1)
    try write("real/a.yaml", in: folder)
    #expect(isTold(watch))
    // The link is turned to another folder, as a deployment does it.
    try folder.link("jobs.new", to: "next")
    rename(folder.path + "/jobs.new", folder.path + "/jobs")
    #expect(isTold(watch))
    try write("next/a.yaml", in: folder)
    #expect(isTold(watch))
    // As Kubernetes changes a mounted ConfigMap.
    try folder.link("next/..data.new", to: "../..1")
    _ = watch.takeChange(now: uptime())
    rename(folder.path + "/next/..data.new", folder.path + "/next/..data")
    #expect(isTold(watch))
  }

  @Test func `one manifest can be watched, too`() throws {
    let folder = try ManifestFolder(["jobs.txt": "a"])
    let watch = FolderWatch(folder.path + "/jobs.txt", quiet: 1)
    try write("jobs.txt", in: folder)
    #expect(isTold(watch))
    try write("other.yaml", in: folder)
    #expect(isQuiet(watch))
  }

  @Test func `a checkout of hundreds of files is told, and so is what the queue could not hold`() throws {
    let repository = try GitRepository()
    let files = (0..<300).map { ("d\($0 % 30)/\($0).yaml", "one") }
    let first = try repository.commit(Dictionary(uniqueKeysWithValues: files))
    try repository.commit(
      Dictionary(uniqueKeysWithValues: files.map { ("e" + $0.0, "two") }), removing: (0..<30).map { "d\($0)" })
    let watch = FolderWatch(repository.path, quiet: 20)
    _ = try repository.here("checkout", "--quiet", first.text)
    #expect(isTold(watch))
    try "three".write(toFile: repository.path + "/d29/29.yaml", atomically: false, encoding: .utf8)
    #expect(isTold(watch))
    // The queue that the kernel keeps is far smaller than this, unless somebody has raised it.
    let limit = (try? String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8))
      .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    guard let limit, limit <= 20_000 else { return }
    let paths = [repository.path + "/d1/x.txt", repository.path + "/d1/y.txt"]
    // Twice as many: under load some files may not open.
    for number in 0...(2 * limit) { close(open(paths[number % 2], O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)) }
    #expect(isTold(watch))
    try "four".write(toFile: repository.path + "/d29/29.yaml", atomically: false, encoding: .utf8)
    #expect(isTold(watch))
  }

  @Test func `folders beyond the system's limit are said, with what to do`() throws {
    let folder = try ManifestFolder(["a/a.yaml": "a", "b/b.yaml": "b", "c/c.yaml": "c"])
    let watch = FolderWatch(folder.path, quiet: 1, maxWatches: 3)
    guard case .partial(let message) = watch.coverage else {
      Issue.record("all is watched")
      return
    }
    #expect(message.contains("fs.inotify.max_user_watches") && message.contains(folder.path))
    // What is watched is told all the same, and when it fits again all is well.
    try FileManager.default.removeItem(atPath: folder.path + "/a")
    try FileManager.default.removeItem(atPath: folder.path + "/b")
    #expect(isTold(watch))
    #expect(watch.coverage == .complete)
  }
}
