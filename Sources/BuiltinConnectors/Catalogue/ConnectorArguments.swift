/// The command line that every Singer connector understands.
struct ConnectorArguments: Hashable {
  var config: String?
  var catalog: String?
  var state: String?
  var isDiscovery = false
  /// A target begins each stream with nothing in its place; pipectl's own option, for `dropDestinationFirst`.
  var dropsFirst = false

  init(_ arguments: [String]) throws(ConnectorError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      let option = argument.hasPrefix("--") ? parts.first ?? argument : argument
      if option == "--discover" || option == "-d" {
        isDiscovery = true
        continue
      }
      if option == "--drop-first" {
        dropsFirst = true
        continue
      }
      guard let path = Self.file(of: option) else {
        throw ConnectorError(
          .usage,
          "unknown argument `\(argument)`; known are --config, --catalog, --properties, --state, --discover, --drop-first"
        )
      }
      let inline = argument.hasPrefix("--") && parts.count == 2 ? parts[1] : nil
      guard let value = inline ?? rest.popFirst() else {
        throw ConnectorError(.usage, "`\(option)` needs a file")
      }
      self[keyPath: path] = value
    }
  }

  private static func file(of option: String) -> WritableKeyPath<ConnectorArguments, String?>? {
    switch option {
    case "--config", "-c": \.config
    case "--catalog", "--properties", "-p": \.catalog
    case "--state", "-s": \.state
    default: nil
    }
  }
}
