/// A tap and a target for looking at: scripts that answer what they are told to.
extension Sandbox {
  static let offer = """
    {"streams": [
      {"tap_stream_id": "public-orders", "stream": "orders", "key_properties": ["id"],
       "schema": {"properties": {"id": {}, "updated_at": {}, "note": {}}}},
      {"tap_stream_id": "public-customers", "stream": "customers", "key_properties": ["id"], "schema": {"properties": {"id": {}}}}]}
    """

  /// `tap-shop` does what `discovery` says when it is asked what it offers, with its settings in `$2`; every call is noted in `calls`.
  func writeTap(_ discovery: String = "cat \"$0.offer\"", about: String = "exit 2") throws {
    try write(Self.offer, to: "tap-shop.offer")
    try write(
      """
      #!/bin/sh
      echo "$1" >> "$0.calls"
      case "$*" in
        --about*) \(about) ;;
        --help) echo "usage: tap-shop --config C --catalog C" ;;
        *--discover) \(discovery) ;;
        *) exit 9 ;;
      esac
      """, to: "tap-shop", mode: 0o755)
    try write("#!/bin/sh\n[ \"$1\" = --help ]\n", to: "target-shop", mode: 0o755)
  }

  /// Pipelines that share a Source and a Destination, each with its streams; the manifests of both ends are in another file.
  func writeShop(_ streams: String..., config: String = "{}", env: String = "{}") throws {
    try write(
      """
      apiVersion: pipectl.dev/v1
      kind: Source
      metadata: {name: shop}
      spec:
        connector: {type: singer, executable: \(path)/tap-shop, env: \(env)}
        config: \(config)
      ---
      apiVersion: pipectl.dev/v1
      kind: Destination
      metadata: {name: lake}
      spec: {connector: {type: singer, executable: \(path)/target-shop}}
      """, to: "shop/ends.yaml")
    let pipelines = streams.enumerated().map { index, rules in
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: copy-\(index + 1)}
      spec:
        source: shop
        destination: lake
        streams: [\(rules)]
      """
    }
    try write(pipelines.joined(separator: "\n---\n"), to: "shop/pipelines.yaml")
  }

  /// How often the tap was asked that.
  func calls(_ option: String) throws -> Int {
    try read("tap-shop.calls").split(separator: "\n").count { $0 == option }
  }
}
