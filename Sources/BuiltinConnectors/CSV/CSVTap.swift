internal import Glibc
internal import SingerProtocol

/// The `csv` tap.
struct CSVTap {
  private let settings: CSVSettings
  private let streams: ConnectorStreams
  private let stop: StopFlag

  init(config: JSONValue, streams: ConnectorStreams, stop: StopFlag) throws(ConnectorError) {
    settings = try CSVSettings(config)
    self.streams = streams
    self.stop = stop
  }

  func run(_ arguments: ConnectorArguments) throws(ConnectorError) {
    if arguments.isDiscovery { try discover() } else { try sync(arguments) }
  }

  private func discover() throws(ConnectorError) {
    var found: [JSONValue] = []
    for table in settings.tables { found.append(try CSVDiscovery(table: table).catalogStream()) }
    var output = LineWriter(streams.output)
    try output.writeLine((["streams": .array(found)] as JSONValue).text)
    try output.flush()
  }

  private func sync(_ arguments: ConnectorArguments) throws(ConnectorError) {
    var session = CSVSession(
      state: try state(arguments.state), output: LineWriter(streams.output), settings: settings, stop: stop)
    for plan in try plans(arguments.catalog) {
      try session.read(plan) { streams.log(.warning, $0) }
      if stop.isSet {
        streams.log(.info, "asked to stop in stream `\(plan.table.stream)`; wrote a last state")
        break
      }
    }
    try session.finish()
  }

  private func plans(_ catalogPath: String?) throws(ConnectorError) -> [CSVStreamPlan] {
    let version = Self.newVersion()
    var plans: [CSVStreamPlan] = []
    guard let catalogPath else {
      for table in settings.tables { plans.append(try CSVStreamPlan(inferring: table, version: version)) }
      return plans
    }
    for stream in try catalog(catalogPath).streams where stream.isSelected {
      guard let table = settings.tables.first(where: { $0.stream == stream.id }) else {
        throw ConnectorError(.catalog, "stream `\(stream.id)` is selected, but no file of the config is named so")
      }
      plans.append(try CSVStreamPlan(table, stream, version: version) { streams.log(.warning, $0) })
    }
    if plans.isEmpty { streams.log(.warning, "the catalog selects no stream") }
    return plans
  }

  private func catalog(_ path: String) throws(ConnectorError) -> Catalog {
    let bytes = try contents(ofFile: path, .catalog)
    do {
      return try Catalog(parsing: bytes)
    } catch {
      throw ConnectorError(.catalog, "catalog `\(path)`: \(error)")
    }
  }

  private func state(_ path: String?) throws(ConnectorError) -> StateDocument {
    guard let path else { return StateDocument(["bookmarks": [:]]) }
    let bytes = try contents(ofFile: path, .state)
    do {
      let value = try JSONValue(parsing: bytes)
      guard value.objectValue != nil else {
        throw ConnectorError(.state, "state `\(path)` is \(value.kindName), not an object")
      }
      return StateDocument(value)
    } catch let error as ConnectorError {
      throw error
    } catch {
      throw ConnectorError(.state, "state `\(path)`: \(error)")
    }
  }

  /// Milliseconds since 1970: later runs have larger versions.
  private static func newVersion() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
