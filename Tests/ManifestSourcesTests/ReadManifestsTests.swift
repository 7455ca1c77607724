import Diagnostics
import Foundation
import ManifestSources
import PipelineModel
import Testing

struct ReadManifestsTests {
  private func read(_ arguments: String..., input: String = "") -> ManifestListing {
    readManifests(arguments) { [UInt8](input.utf8) }
  }

  @Test func `a folder is read recursively, in order, without dot-folders and other files`() throws {
    let folder = try ManifestFolder([
      "b.yaml": "b", "a/z.yml": "z", "a/.hidden/x.yaml": "x", ".git/y.yaml": "y", "notes.txt": "n", ".c.yaml": "c",
    ])
    let listing = read(folder.path)
    #expect(listing.files.map(\.name) == [folder.path + "/a/z.yml", folder.path + "/b.yaml"])
    #expect(listing.files.map(\.bytes) == [Array("z".utf8), Array("b".utf8)])
    #expect(listing.diagnostics.isEmpty)
  }

  @Test func `every file of a folder belongs to that folder's set`() throws {
    let folder = try ManifestFolder(["a/one.yaml": "1", "two.yaml": "2"])
    let listing = read(folder.path)
    #expect(listing.files.map(\.sourceSet) == [.path(folder.path), .path(folder.path)])
    #expect(listing.sourceSets == [.path(folder.path)])
  }

  @Test func `a set is the real path, however it was named`() throws {
    let folder = try ManifestFolder(["sub/one.yaml": "1"])
    try folder.link("link", to: "sub")
    let listing = read(folder.path + "/link/../link/")
    #expect(listing.sourceSets == [.path(folder.path + "/sub")])
    #expect(listing.files.map(\.name) == [folder.path + "/link/../link/one.yaml"])
  }

  @Test func `a file keeps the name that the user gave it`() throws {
    let folder = try ManifestFolder(["one.txt": "1"])
    let listing = read(folder.path + "/./one.txt")
    #expect(listing.files.map(\.name) == [folder.path + "/./one.txt"])
    #expect(listing.files.map(\.sourceSet) == [.path(folder.path + "/one.txt")])
  }

  @Test func `standard input is a set of its own`() {
    let listing = read("-", input: "kind: Pipeline")
    #expect(
      listing.files == [ManifestFile(name: "<stdin>", bytes: Array("kind: Pipeline".utf8), sourceSet: .standardInput)])
  }

  @Test func `standard input named twice is a mistake, and is read once`() {
    var count = 0
    let listing = readManifests(["-", "-"]) {
      count += 1
      return []
    }
    #expect(count == 1)
    #expect(listing.diagnostics.map(\.code) == [.inputNamedTwice])
  }

  @Test func `the same file named twice is read once`() throws {
    let folder = try ManifestFolder(["one.yaml": "1"])
    let listing = read(folder.path + "/one.yaml", folder.path, folder.path + "/one.yaml")
    #expect(listing.files.count == 1)
  }

  @Test func `what is missing is told with its name`() throws {
    let folder = try ManifestFolder([:])
    let listing = read(folder.path + "/nowhere")
    #expect(listing.diagnostics.map(\.code) == [.noSuchFile])
    #expect(listing.diagnostics.first?.headline.contains("nowhere") == true)
    #expect(listing.files.isEmpty)
  }

  @Test func `a folder without a manifest is a mistake`() throws {
    let folder = try ManifestFolder(["readme.md": "#"])
    #expect(read(folder.path).diagnostics.map(\.code) == [.noManifests])
  }

  @Test func `what is neither file nor folder is refused without being read`() throws {
    let folder = try ManifestFolder([:])
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(read(folder.path + "/pipe").diagnostics.map(\.code) == [.notAFile])
  }

  @Test func `a fifo inside a folder is refused without being read`() throws {
    let folder = try ManifestFolder(["one.yaml": "1"])
    #expect(mkfifo(folder.path + "/pipe.yaml", 0o600) == 0)
    let listing = read(folder.path)
    #expect(listing.diagnostics.map(\.code) == [.notAFile])
    #expect(listing.files.count == 1)
  }

  @Test func `a link that leaves the folder is refused, one that stays is followed`() throws {
    let outside = try ManifestFolder(["secret.yaml": "s"])
    let folder = try ManifestFolder(["one.yaml": "1"])
    try folder.link("inside.yaml", to: "one.yaml")
    try folder.link("outside.yaml", to: outside.path + "/secret.yaml")
    try folder.link("gone.yaml", to: "nowhere.yaml")
    let listing = read(folder.path)
    #expect(listing.files.map(\.name) == [folder.path + "/inside.yaml"])
    #expect(listing.diagnostics.map(\.code) == [.noSuchFile, .linkLeavesFolder])
  }

  @Test func `one bad argument hides no other`() throws {
    let folder = try ManifestFolder(["one.yaml": "1"])
    let listing = read(folder.path + "/nowhere", folder.path)
    #expect(listing.files.count == 1)
    #expect(listing.diagnostics.count == 1)
  }
}
