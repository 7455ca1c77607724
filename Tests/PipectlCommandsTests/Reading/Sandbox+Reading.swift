import Foundation

/// What the tests of reading commands run.
extension Sandbox {
  /// `writeCSVPipeline` with a bookmark: each run reads what is new by `updated_at`.
  func writeIncrementalPipeline(_ name: String = "rows", rows: Int = 10, request: String? = "first") throws {
    try writeCSVPipeline(
      name, rows: rows, request: request,
      extra: "  streams: [{name: \(name), replication: incremental, key: updated_at}]\n")
  }

  /// A pipeline whose tap says `begun`, waits for the file `gate`, and says `done`.
  func writeTalkingPipeline(_ name: String = "talk", request: String = "first") throws {
    try write(Sandbox.talkingTap, to: "talking-tap", mode: 0o755)
    try write(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: \(name), labels: {team: growth}}
      spec:
        source:
          connector: {type: singer, executable: \(path)/talking-tap}
          config: {gate: \(path)/gate}
        destination:
          connector: {type: builtin, name: sqlite}
          config: {path: \(path)/warehouse.sqlite}
        job: {request: \(request), action: start, reason: a test}
      """, to: "pipelines/\(name).yaml")
  }

  private static let talkingTap = #"""
    #!/usr/bin/env python3
    import json, os, sys, time

    schema = {"type": "object", "properties": {"id": {"type": "integer"}}}


    def say(message):
        print(json.dumps(message), flush=True)


    config = json.load(open(sys.argv[sys.argv.index("--config") + 1]))
    if "--discover" in sys.argv:
        metadata = [{"breadcrumb": [], "metadata": {"inclusion": "available", "table-key-properties": ["id"]}}]
        say({"streams": [{"tap_stream_id": "talk", "stream": "talk", "schema": schema, "key_properties": ["id"], "metadata": metadata}]})
        sys.exit(0)
    say({"type": "SCHEMA", "stream": "talk", "schema": schema, "key_properties": ["id"]})
    say({"type": "RECORD", "stream": "talk", "record": {"id": 1}})
    print("begun", file=sys.stderr, flush=True)
    while not os.path.exists(config["gate"]):
        time.sleep(0.02)
    print("done", file=sys.stderr, flush=True)
    say({"type": "STATE", "value": {"bookmarks": {"talk": {"id": 1}}}})
    """# + "\n"
}

extension Outcome {
  /// The text at a path of a JSON answer: keys and indices; nil where there is none.
  func text(_ path: any Sendable...) throws -> String? { try value(path) as? String }

  func number(_ path: any Sendable...) throws -> Int? { try value(path) as? Int }

  func list(_ path: any Sendable...) throws -> [Any] { try value(path) as? [Any] ?? [] }

  func value(_ path: [any Sendable]) throws -> Any? {
    var value: Any? = try json()
    for step in path {
      if let key = step as? String {
        value = (value as? [String: Any])?[key]
      } else if let index = step as? Int {
        value = (value as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
    return value
  }
}
