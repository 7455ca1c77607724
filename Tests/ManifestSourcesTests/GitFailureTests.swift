import Foundation
import ManifestSources
import PipelineModel
import Testing

struct GitFailureTests {
  @Test func `a ref that is not there is said so`() throws {
    let repository = try GitRepository()
    try repository.commit(["a.yaml": pipelineManifest("a")])
    let missing = failure { try repository.source(ref: "release").fetch(since: nil) }
    #expect(missing?.code == .refNotFound && missing?.message.contains("`release`") == true)
    let commit = String(repeating: "1", count: 40)
    #expect(failure { try repository.source(ref: commit).fetch(since: nil) }?.code == .refNotFound)
    // A tag of a file.
    let blob = try repository.here("rev-parse", "HEAD:a.yaml")
    _ = try repository.here("tag", "file", blob)
    #expect(failure { try repository.source(ref: "file").fetch(since: nil) }?.code == .refNotFound)
  }

  @Test(arguments: ["", "-x", "a b", "a..b", "a~1", "a:b", "/a", "a.lock", "a*", "@{u}"])
  func `what can be no ref is refused`(ref: String) {
    #expect(failure { try GitLocation(url: "file:///x", ref: ref, path: "") }?.code == .invalidLocation)
  }

  @Test(arguments: ["", "-x", "ext::sh -c date", "ext://x", "a\nb"])
  func `what can be no repository is refused`(url: String) throws {
    let repository = try GitRepository()
    #expect(failure { try repository.source(url: url).fetch(since: nil) } != nil)
  }

  @Test func `a folder that is no repository is not one`() throws {
    let repository = try GitRepository()
    let folder = try ManifestFolder(["a.yaml": "x"])
    for url in ["file://" + folder.path, folder.path, folder.path + "/nowhere"] {
      let said = failure { try repository.source(url: url).fetch(since: nil) }
      #expect(said?.code == .notARepository && said?.isRetryable == false, "\(String(describing: said))")
    }
  }

  @Test func `a remote that nobody listens at is unreachable`() throws {
    let repository = try GitRepository()
    let port = try ListeningSocket().port
    for url in ["git://127.0.0.1:\(port)/x", "http://127.0.0.1:\(port)/x"] {
      let said = failure { try repository.source(url: url).fetch(since: nil) }
      #expect(said?.code == .remoteUnreachable && said?.isRetryable == true, "\(String(describing: said))")
    }
  }

  @Test func `a remote that never answers is given up`() throws {
    let repository = try GitRepository()
    let silent = try ListeningSocket()
    for scheme in ["git", "http"] {
      let said = failure {
        try repository.source(url: "\(scheme)://127.0.0.1:\(silent.port)/x", patience: 1000).fetch(since: nil)
      }
      #expect(said?.code == .timeout && said?.isRetryable == true, "\(String(describing: said))")
    }
  }

  @Test func `a machine without git is told what to install`() throws {
    let repository = try GitRepository()
    let bare = failure { try repository.source(variables: ["PATH": repository.root.path]) }
    #expect(bare?.code == .gitMissing)
    let script = repository.root.path + "/git"
    try "#!/bin/sh\necho git version 2.11.0\n".write(toFile: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let old = failure { try repository.source(variables: ["PATH": repository.root.path]) }
    #expect(old?.code == .gitTooOld && old?.message.contains("2.11.0") == true)
  }

  /// A git that fails with words of another one: what its transports say cannot be had without their servers.
  private func failing(saying words: String) throws -> SourceFailure? {
    let repository = try GitRepository()
    let script = repository.root.path + "/git"
    let text = """
      #!/bin/sh
      case "$*" in
        *version*) echo git version 2.39.5 ;;
        *ls-remote*) cat "\(repository.root.path)/words" >&2; exit 128 ;;
      esac
      """
    try text.write(toFile: script, atomically: true, encoding: .utf8)
    try words.write(toFile: repository.root.path + "/words", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let path = repository.root.path + ":/usr/bin:/bin"
    return failure { try repository.source(variables: ["PATH": path]).fetch(since: nil) }
  }

  @Test(arguments: [
    (
      "fatal: could not read Username for 'https://x': terminal prompts disabled",
      SourceFailure.Code.authenticationRefused
    ),
    ("fatal: Authentication failed for 'https://x/'", .authenticationRefused),
    ("git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.", .authenticationRefused),
    ("Host key verification failed.\nfatal: Could not read from remote repository.", .authenticationRefused),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 403", .authenticationRefused),
    ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", .notARepository),
    ("fatal: repository 'https://x/' not found", .notARepository),
    ("fatal: unable to access 'https://x/': Could not resolve host: x", .remoteUnreachable),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 502", .remoteUnreachable),
    ("ssh: Could not resolve hostname x: Name or service not known\nfatal: Could not read from", .remoteUnreachable),
    ("error: cannot run ssh: No such file or directory\nfatal: unable to fork", .gitMissing),
    ("fatal: detected dubious ownership in repository at '/srv/x'", .notOwned),
    ("fatal: write error: No space left on device", .diskFull),
    ("fatal: something that nobody has seen", .failed),
  ])
  func `git's words are understood`(words: String, code: SourceFailure.Code) throws {
    let said = try failing(saying: words)
    #expect(said?.code == code, "\(String(describing: said))")
  }

  @Test func `credentials are neither shown nor in the set, and no argument of git's`() throws {
    let secret = "CANARY-5up3r"
    let location = try GitLocation(url: "https://ann:\(secret)@example.com/shop.git", ref: "main", path: "jobs")
    #expect(location.sourceSet == .git(url: "https://example.com/shop.git", path: "jobs"))
    #expect(!"\(location)".contains(secret))
    #expect(
      location.mirrorName == (try GitLocation(url: "https://example.com/shop.git", ref: "x", path: "")).mirrorName)
    let ssh = try GitLocation(url: "ssh://git:\(secret)@example.com/shop.git", ref: "main", path: "")
    #expect(ssh.url == "ssh://git@example.com/shop.git")
    let said = try failing(
      saying: "fatal: unable to access 'https://ann:\(secret)@example.com/': Could not resolve host")
    #expect(said?.message.contains(secret) == false && said?.message.contains("https://example.com/") == true)
  }

  @Test func `credentials in a URL reach the remote`() throws {
    let repository = try GitRepository()
    let script = repository.root.path + "/git"
    let seen = repository.root.path + "/seen"
    let text = """
      #!/bin/sh
      case "$*" in
        *version*) echo git version 2.39.5 ;;
        *ls-remote*) echo "$*" > \(seen); echo "$GIT_CONFIG_COUNT $GIT_CONFIG_KEY_0 $GIT_CONFIG_VALUE_0" >> \(seen); exit 1 ;;
      esac
      """
    try text.write(toFile: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let path = repository.root.path + ":/usr/bin:/bin"
    _ = failure {
      try repository.source(url: "https://ann:p%40ss@example.com/x", variables: ["PATH": path]).fetch(since: nil)
    }
    let lines = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n")
    #expect(lines.first?.hasSuffix("-- https://example.com/x HEAD") == false)
    #expect(lines.first?.contains("p%40ss") == false && lines.first?.contains("ann") == false)
    let header = Data("ann:p@ss".utf8).base64EncodedString()
    #expect(lines.last == "1 http.https://example.com/.extraHeader Authorization: Basic \(header)")
  }
}
