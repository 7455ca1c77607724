import PipelineModel

extension GitMirror {
  /// The most bytes of a tree's listing: a million files.
  private static let listingBound = 256 << 20

  /// What a commit holds below the path that is followed.
  func tree(of commit: CommitID, bounds: GitBounds) throws(SourceFailure) -> GitTree {
    let path = location.path
    let arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit.text] + (path.isEmpty ? [] : ["--", path])
    // Git itself would refuse it, in other words.
    let isInside = !path.split(separator: "/").contains("..")
    let listing = isInside ? try call(arguments, bound: Self.listingBound).output : []
    return GitTree(listing: listing, commit: commit, path: path, bounds: bounds)
  }

  /// The contents of blobs, in their order.
  func contents(of blobs: [GitTree.Blob]) throws(SourceFailure) -> [ManifestFile] {
    guard !blobs.isEmpty else { return [] }
    let ids = blobs.map { $0.id + "\n" }.joined()
    let bound = blobs.reduce(0) { $0 + $1.size + 100 }
    let answer = try call(["cat-file", "--batch"], input: Array(ids.utf8), bound: bound)
    var rest = answer.output[...]
    var files: [ManifestFile] = []
    files.reserveCapacity(blobs.count)
    for blob in blobs {
      guard let bytes = Self.take(blob, from: &rest) else {
        throw SourceFailure(
          .damaged,
          "the private copy of `\(location.url)` in \(folder) lacks `\(blob.path)`; remove that folder, it is made anew"
        )
      }
      files.append(ManifestFile(name: blob.path, bytes: Array(bytes), sourceSet: location.sourceSet))
    }
    return files
  }

  /// `<id> blob <size>\n<content>\n`
  private static func take(_ blob: GitTree.Blob, from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let head = Array("\(blob.id) blob \(blob.size)\n".utf8)
    guard rest.starts(with: head), rest.count > head.count + blob.size else { return nil }
    let content = rest.dropFirst(head.count).prefix(blob.size)
    rest = rest.dropFirst(head.count + blob.size + 1)
    return content
  }
}
