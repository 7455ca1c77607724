import Foundation
public import PipelineModel

/// A folder of a repository, at a ref: where manifests come from.
public struct GitLocation: Hashable, Sendable {
  /// As git is called with it: without a password, and over HTTP without a user.
  public let url: String
  public let ref: GitRef
  /// From the root of the repository, without slashes at its ends; empty for all of it.
  public let path: String
  /// What the URL held; handed to git where no other process can read it.
  let credentials: GitCredentials?

  /// - Parameter url: `https:`, `ssh:`, `git:` or `file:`, `host:path`, or a path on this machine.
  public init(url: String, ref: String, path: String) throws(SourceFailure) {
    guard let ref = GitRef(ref) else {
      throw SourceFailure(
        .invalidLocation, "`\(ref)` is no ref; name a branch, a tag, or the full id of a commit (40 or 64 hex digits)")
    }
    let address = try GitAddress(url)
    self.url = address.url
    credentials = address.credentials
    self.ref = ref
    self.path = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }.joined(separator: "/")
  }

  /// What prune looks at: whichever ref is followed, it is the same set.
  public var sourceSet: SourceSet { .git(url: url, path: path) }

  /// A folder name of its own for each URL.
  public var mirrorName: String { fingerprint(of: url) }
}

/// 64 bits by FNV-1a, as text.
func fingerprint(of text: String) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
