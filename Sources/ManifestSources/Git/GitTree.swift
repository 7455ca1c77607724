import Diagnostics
import PipelineModel

/// The manifests of a commit below a path, as its trees list them, and what is refused there.
struct GitTree {
  private(set) var manifests: [Blob] = []
  private(set) var diagnostics: [Diagnostic] = []
  private let path: String
  private let bounds: GitBounds

  /// A file's content, not read yet.
  struct Blob: Hashable {
    /// From the root of the repository.
    let path: String
    let id: String
    let size: Int
  }

  /// - Parameter listing: what `git ls-tree -r -z -l` prints.
  init(listing: [UInt8], commit: CommitID, path: String, bounds: GitBounds) {
    self.path = path
    self.bounds = bounds
    if Self.leavesTree(path) {
      refuse(
        .pathLeavesTree, "`\(path)` leaves the repository", "give the path of a folder from the root of the repository")
    } else if listing.isEmpty && !path.isEmpty {
      refuse(.noSuchPathInCommit, "the commit \(commit.short) has no `\(path)`", "check --path, or commit the folder")
    } else {
      for line in listing.split(separator: 0) { add(line) }
      refuseTooMuch()
      if manifests.isEmpty && diagnostics.isEmpty { refuseEmpty(commit) }
    }
  }

  private mutating func refuseEmpty(_ commit: CommitID) {
    let place = path.isEmpty ? "the commit \(commit.short)" : "`\(path)` in the commit \(commit.short)"
    refuse(
      .noManifests, "\(place) holds no manifest",
      "manifests end in .yaml or .yml; folders whose names begin with a dot are skipped; what was applied before stays")
  }

  private mutating func refuse(_ code: DiagnosticCode, _ headline: String, _ help: String) {
    diagnostics.append(Diagnostic(code, .error, headline, at: nil, help: Help(help)))
  }

  /// `<mode> <type> <id> <size>\t<path>`
  private mutating func add(_ line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return }
    let facts = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    let name = line[line.index(after: tab)...]
    guard facts.count == 4 else { return }
    guard let text = String(validating: name, as: UTF8.self) else { return refuseName(name) }
    // A name may be hidden only below the path that was asked for.
    let inner = path.isEmpty || text == path ? Substring(text) : text.dropFirst(path.count + 1)
    if Self.leavesTree(text) {
      return refuse(
        .pathLeavesTree, "`\(text)` leaves the repository",
        "no tool makes such a commit by accident: find out who made it")
    }
    if text != path, Self.isHidden(inner) { return }
    switch (facts[0], facts[1]) {
    case ("120000", _):
      refuse(
        .linkInCommit, "`\(text)` is a symbolic link", "commit a file in its place, or move the link out of the folder")
    case (_, "commit"):
      refuse(
        .submodule, "`\(text)` is a submodule",
        "commit the manifests themselves, or follow that repository with a state folder of its own")
    case (_, "blob"):
      if text.hasSuffix(".yaml") || text.hasSuffix(".yml") || text == path {
        add(Blob(path: text, id: String(facts[2]), size: Int(facts[3]) ?? 0))
      }
    case _: break
    }
  }

  private mutating func add(_ blob: Blob) {
    guard blob.size <= bounds.file else {
      return refuse(
        .manifestTooLarge,
        "`\(blob.path)` has \(blob.size) bytes, and a manifest in a repository at most \(bounds.file)",
        "split it into several files")
    }
    manifests.append(blob)
  }

  private mutating func refuseTooMuch() {
    let total = manifests.reduce(0) { $0 + $1.size }
    guard total > bounds.total else { return }
    refuse(
      .commitTooLarge, "the manifests of the commit have \(total) bytes together, and at most \(bounds.total) are read",
      "follow a smaller folder with --path")
    // What is refused is not read either.
    manifests = []
  }

  private mutating func refuseName(_ name: ArraySlice<UInt8>) {
    let shown = name.map { (0x20..<0x7f).contains($0) ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }
    refuse(.nameNotUTF8, "the name `\(shown.joined())` is not UTF-8", "rename the file with `git mv`")
  }

  private static func leavesTree(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).contains { $0 == ".." || $0 == "." || $0 == ".git" }
  }

  private static func isHidden(_ path: Substring) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix(".") }
  }
}
