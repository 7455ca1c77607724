extension SourceFailure {
  /// What git's own words mean to the person who reads them, and what to do.
  init(words: [String], of subject: String, command: String) {
    let said = words.joined(separator: "\n").lowercased()
    let known = meanings.first { meaning in meaning.words.contains { said.contains($0) } }
    let quoted = words.suffix(4).joined(separator: " / ")
    let advice = known?.advice ?? "see what git says"
    self.init(
      known?.code ?? .failed,
      "`git \(command)` for \(subject) failed: \(advice)" + (quoted.isEmpty ? "" : "; git says: \(quoted)"))
  }
}

private struct Meaning {
  let code: SourceFailure.Code
  let advice: String
  /// In lower case; any of them.
  let words: [String]
}

/// The first that fits counts: what is said in one message by several causes stands at the end.
private let meanings = [
  Meaning(
    code: .gitMissing, advice: "git has no program for this kind of URL; install it (`openssh-client` for ssh)",
    words: ["cannot run ssh", "is not a git command", "unable to find remote helper"]),
  Meaning(
    code: .diskFull, advice: "the disk is full; free some space, it is tried again",
    words: ["no space left on device", "disk quota exceeded", "disk full"]),
  Meaning(
    code: .notOwned,
    advice:
      "the repository belongs to another user; make this user its owner, or list it as `safe.directory` in this user's git configuration",
    words: ["dubious ownership"]),
  Meaning(
    code: .authenticationRefused,
    advice: "the host's key is not known to this user's ssh; add it to ~/.ssh/known_hosts after checking it",
    words: ["host key verification failed", "remote host identification has changed"]),
  Meaning(
    code: .authenticationRefused,
    advice:
      "the remote refuses who asks; give this user a key, a credential helper or a token that may read the repository",
    words: [
      "authentication failed", "could not read username", "could not read password", "terminal prompts disabled",
      "permission denied (", "returned error: 401", "returned error: 403", "invalid username or",
      "no supported authentication", "http basic: access denied",
    ]),
  Meaning(
    code: .refNotFound, advice: "the remote has no such ref, or does not hand out that commit; check --ref",
    words: [
      "couldn't find remote ref", "not our ref", "unadvertised object", "no such remote ref",
      "is not a valid object name",
    ]),
  Meaning(
    code: .notARepository, advice: "there is no repository that this user can see; check the URL, and who may read it",
    words: [
      "does not appear to be a git repository", "repository not found", "not a git repository", "not exported",
      "returned error: 404", "' not found", "does not exist", "no such file or directory",
      "not valid: is this a git repository",
    ]),
  Meaning(
    code: .remoteUnreachable,
    advice: "the remote cannot be reached or broke off; check the network and the host, it is tried again",
    words: [
      "could not resolve", "connection refused", "connection timed out", "connection reset", "network is unreachable",
      "no route to host", "unable to connect", "failed to connect", "couldn't connect", "early eof", "hung up",
      "unexpected disconnect", "returned error: 5", "operation timed out", "recv failure", "rpc failed",
      "ssl", "gnutls", "temporary failure in name resolution", "broken pipe", "unable to access",
    ]),
  Meaning(
    code: .damaged, advice: "the private copy is damaged; it is made anew",
    words: [
      "is corrupt", "is empty", "bad object", "loose object", "inflate", "unable to read tree", "invalid object",
      "missing blob", "unable to read", "bad tree object", "did not send all necessary objects", "object file",
    ]),
]
