import Foundation
import GRDB

/// What tests run: a CSV file of known rows, and a tap that goes on until it is told to end.
extension Sandbox {
  /// A pipeline that loads `rows.csv` into the table `rows` of `warehouse.sqlite`.
  func writeCSVPipeline(
    _ name: String = "rows", rows: Int = 10, file: String? = nil, request: String? = nil, extra: String = "",
    metadata: String = ""
  ) throws {
    let lines = (1...max(rows, 1)).prefix(rows).map {
      "\($0),name \($0),2026-01-01T00:00:\($0 % 60 < 10 ? "0" : "")\($0 % 60)Z"
    }
    try write((["id,name,updated_at"] + lines).joined(separator: "\n") + "\n", to: "\(name).csv")
    try write(
      csvManifest(name, request: request, extra: extra, metadata: metadata), to: file ?? "pipelines/\(name).yaml")
  }

  func csvManifest(_ name: String, request: String? = nil, extra: String = "", metadata: String = "") -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: \(name)\(metadata)}
    spec:
      source:
        connector: {type: builtin, name: csv}
        config: {files: [{stream: \(name), path: \(name).csv, keys: [id]}]}
      destination:
        connector: {type: builtin, name: sqlite}
        config: {path: warehouse.sqlite}
    \(request.map { "  job: {request: \($0), action: start}\n" } ?? "")\(extra)
    """
  }

  /// A pipeline whose tap sends `first` rows, and the rest only when the file `gate` exists; where it `holdsOn`, a cancel waits for that too.
  func writeGatedPipeline(
    _ name: String = "slow", first: Int = 5, rest: Int = 5, holdsOn: Bool = false, request: String? = nil,
    extra: String = ""
  ) throws {
    try write(Sandbox.gatedTap, to: "gated-tap", mode: 0o755)
    try write(
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: \(name)}
      spec:
        source:
          connector: {type: singer, executable: \(path)/gated-tap}
          config: {first: \(first), rest: \(rest), gate: \(path)/gate, holdsOn: \(holdsOn), stream: \(name)}
        destination:
          connector: {type: builtin, name: sqlite}
          config: {path: \(path)/warehouse.sqlite}
      \(request.map { "  job: {request: \($0), action: start}\n" } ?? "")\(extra)
      """, to: "pipelines/\(name).yaml")
  }

  /// How many rows have arrived in a table.
  func rows(_ table: String) throws -> Int {
    guard exists("warehouse.sqlite") else { return 0 }
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    return try DatabaseQueue(path: path + "/warehouse.sqlite", configuration: configuration).read { database in
      guard try database.tableExists(table) else { return 0 }
      return try Int.fetchOne(database, sql: "SELECT count(*) FROM \"\(table)\"") ?? 0
    }
  }

  private static let gatedTap = """
    #!/usr/bin/env python3
    import argparse, json, os, signal, sys, time

    parser = argparse.ArgumentParser()
    parser.add_argument("--config")
    parser.add_argument("--catalog")
    parser.add_argument("--state")
    parser.add_argument("--discover", action="store_true")
    arguments = parser.parse_args()
    config = json.load(open(arguments.config))
    stream = config["stream"]
    if config.get("holdsOn"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    schema = {"type": "object", "properties": {"id": {"type": "integer"}, "note": {"type": "string"}}}


    def say(message):
        print(json.dumps(message), flush=True)


    if arguments.discover:
        metadata = [{"breadcrumb": [], "metadata": {"inclusion": "available", "table-key-properties": ["id"]}}]
        entry = {"tap_stream_id": stream, "stream": stream, "schema": schema, "key_properties": ["id"], "metadata": metadata}
        say({"streams": [entry]})
        sys.exit(0)

    say({"type": "SCHEMA", "stream": stream, "schema": schema, "key_properties": ["id"]})
    for number in range(config["first"] + config["rest"]):
        if number == config["first"]:
            open(config["gate"] + "-reached", "w").close()
        while number >= config["first"] and not os.path.exists(config["gate"]):
            if not os.path.isdir(os.path.dirname(config["gate"])):
                sys.exit(1)  # The test is over.
            time.sleep(0.02)
        say({"type": "RECORD", "stream": stream, "record": {"id": number, "note": config.get("note", "")}})
    say({"type": "STATE", "value": {"bookmarks": {stream: {"id": config["first"] + config["rest"]}}}})
    """ + "\n"
}
