import Foundation
import Glibc

/// A bare repository, and a clone in which somebody works on it.
final class Upstream {
  let bare: String
  private let sandbox: Sandbox

  init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    bare = sandbox.path + "/shop.git"
    try git("init", "--quiet", "--bare", "--initial-branch=main", bare)
    try git("clone", "--quiet", bare, sandbox.path + "/work")
    try here("checkout", "--quiet", "-B", "main")
  }

  /// Writes, commits and pushes; returns the commit's id.
  @discardableResult
  func commit(_ text: String, to file: String = "pipelines/orders.yaml") throws -> String {
    try sandbox.write(text, to: "work/" + file)
    try here("add", "--all")
    try here("commit", "--quiet", "--message", "Change \(file)")
    return try push()
  }

  /// Takes the latest commit back by another one.
  func revert() throws -> String {
    try here("revert", "--no-edit", "HEAD")
    return try push()
  }

  /// Puts another commit in the place of the latest one.
  func rewrite(_ text: String, in file: String = "pipelines/orders.yaml") throws -> String {
    try sandbox.write(text, to: "work/" + file)
    try here("commit", "--quiet", "--all", "--amend", "--message", "Rewrite \(file)")
    return try push("--force")
  }

  private func push(_ options: String...) throws -> String {
    try here(["push", "--quiet"] + options + ["origin", "main"])
    return try here("rev-parse", "HEAD")
  }

  @discardableResult
  private func here(_ arguments: String...) throws -> String { try here(arguments) }

  @discardableResult
  private func here(_ arguments: [String]) throws -> String { try git(["-C", sandbox.path + "/work"] + arguments) }

  @discardableResult
  private func git(_ arguments: String...) throws -> String { try git(arguments) }

  private func git(_ arguments: [String]) throws -> String {
    let who = ["GIT_AUTHOR", "GIT_COMMITTER"].flatMap { [("\($0)_NAME", "Ann"), ("\($0)_EMAIL", "ann@example.com")] }
    let end = try Running(
      program: "/usr/bin/env", ["git"] + arguments, in: sandbox,
      environment: Dictionary(uniqueKeysWithValues: who + [("GIT_CONFIG_NOSYSTEM", "1")]), input: ""
    ).end()
    guard end.exitCode == 0 else { throw SandboxError("git \(arguments.joined(separator: " ")): \(end)") }
    return end.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// The system's `git daemon`, which serves the repositories of a sandbox until it is let go.
final class GitServer {
  let url: String
  private let program: Running

  init(_ sandbox: Sandbox) throws {
    let programs = try Running(
      program: "/usr/bin/env", ["git", "--exec-path"], in: sandbox, environment: [:], input: ""
    ).end().output.trimmingCharacters(in: .whitespacesAndNewlines)
    // A port that is free now may be somebody else's a moment later, so another one is tried.
    for _ in 0..<20 {
      let port = try freePort()
      // Not through `git daemon`, which would leave its child behind.
      let program = try Running(
        program: programs + "/git-daemon",
        [
          "--verbose", "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--export-all",
          "--base-path=\(sandbox.path)", sandbox.path,
        ], in: sandbox, environment: [:], input: "")
      try eventually("the git server is ready, or has ended") {
        !program.isRunning || program.errors.contains("Ready to rumble")
      }
      if program.isRunning {
        url = "git://127.0.0.1:\(port)/shop.git"
        self.program = program
        return
      }
    }
    throw SandboxError("no port is free for a git server")
  }

  func stop() {
    program.send(SIGKILL)
    _ = program.end()
  }

  deinit { stop() }
}

private func freePort() throws -> UInt16 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  guard isBound else { throw SandboxError("no port is free: errno \(errno)") }
  return UInt16(bigEndian: address.sin_port)
}
