import Foundation
import Testing

/// A pipeline `copy` from the shop's tables to files of JSON lines, through real Singer connectors.
struct Copy {
  let bench: Bench
  let shop: Shop
  let manifest: String
  private var folder: String { bench.folder + "/lines" }

  /// `streams` and `extra` go into the manifest as they are.
  init(
    _ streams: String, user: String = "shop", secrets: [String: String]? = nil, extra: String = ""
  ) throws {
    shop = try Shop.current()
    bench = try Bench(secrets: secrets ?? ["SHOP_DB_PASSWORD": shop.password])
    manifest = try bench.write(
      "copy.yaml",
      """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: shop-db}
      spec:
        connector: {type: singer, executable: \(shop.tap)}
        config:
          host: 127.0.0.1
          port: \(shop.port)
          user: \(user)
          password: {fromEnv: SHOP_DB_PASSWORD}
          dbname: shop
          filter_schemas: public
      ---
      apiVersion: pipectl.dev/v1
      kind: Destination
      metadata: {name: files}
      spec:
        connector: {type: singer, executable: \(shop.target)}
        config: {destination_path: \(bench.folder)/lines, do_timestamp_file: false}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: copy}
      spec:
        source: shop-db
        destination: files
        streams: [\(streams)]
        limits: {cancelGrace: 10s}
        job: {request: first-load, action: start}
        \(extra)
      """)
  }

  /// Records that have been written for a stream; whole lines only.
  func lines(of stream: String) -> Int {
    let bytes = FileManager.default.contents(atPath: "\(folder)/\(stream).jsonl") ?? Data()
    return bytes.count { $0 == 0x0A }
  }

  /// The values of a key column, in the order of arrival.
  func keys(_ key: String, of stream: String) throws -> [Int] {
    let bytes = FileManager.default.contents(atPath: "\(folder)/\(stream).jsonl") ?? Data()
    return try bytes.split(separator: 0x0A).map { line in
      guard let record = try JSONSerialization.jsonObject(with: line) as? [String: Any], let value = record[key] as? Int
      else { throw Trouble("no `\(key)` in \(String(decoding: line, as: UTF8.self))") }
      return value
    }
  }

  /// Oldest first.
  func runs() async throws -> [RunDocument] {
    try await bench.read(ListDocument<RunDocument>.self, "get", "runs", "copy", "-o", "json").items
      .sorted { Int($0.metadata.name.dropFirst(5)) ?? 0 < Int($1.metadata.name.dropFirst(5)) ?? 0 }
  }

  /// The latest state, verbatim; absent before the first.
  func state() async throws -> String? {
    let states = try await bench.read(ListDocument<StateDocument>.self, "state", "history", "copy", "-o", "json")
    return states.items.first?.state
  }

  /// Runs a command that has to end well.
  @discardableResult
  func does(_ arguments: String...) async throws -> Program.End {
    let end = try await bench.launch(arguments).end()
    try #require(end.code == 0, "\(arguments.joined(separator: " ")): \(end)")
    return end
  }

  func apply() async throws { try await does("apply", "-f", manifest) }

  /// Waits until the journal of that run says so.
  func reached(run: Int, _ what: String, _ condition: (Journal) -> Bool) async throws {
    try await eventually("copy.\(run): \(what)") {
      guard let journal = bench.journal(of: "copy"), journal.run == "copy.\(run)" else { return false }
      return condition(journal)
    }
  }
}
