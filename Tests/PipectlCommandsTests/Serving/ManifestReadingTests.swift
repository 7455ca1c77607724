import ControlLoop
import Foundation
import ManifestSources
import Testing

@testable import PipectlCommands

struct ManifestReadingTests {
  @Test(arguments: [("", true), ("\n  allow: [rewrite]", false)])
  func `a commit whose request rewrites a destination has to say so itself`(allow: String, isRejected: Bool) throws {
    let path = NSTemporaryDirectory() + "pipectl-reading-\(UUID().uuidString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: rows}
    spec:
      source: {connector: {type: builtin, name: csv}, config: {path: rows.csv}}
      destination: {connector: {type: builtin, name: sqlite}, config: {path: rows.db}}
      job: {request: anew, action: start, dropDestinationFirst: true}\(allow)
    """.write(toFile: path, atomically: false, encoding: .utf8)
    let loaded = loadAndCompile([path], environment: nil, knownZones: []) { [] }
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    let reading = ManifestReading(environment: "", allowance: .everything, adopts: false)
    switch reading.found(loaded, version: "v") {
    case .rejected(let mistakes, _): #expect(isRejected && mistakes.first?.contains("allow: [rewrite]") == true)
    case .manifests: #expect(!isRejected)
    case .unchanged, .rewritten, .unreadable: Issue.record("it was read")
    }
  }
}
