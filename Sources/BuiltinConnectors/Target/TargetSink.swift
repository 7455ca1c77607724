internal import SingerProtocol

/// Where a target puts what it receives.
protocol TargetSink {
  /// Rows taken since the last commit.
  var uncommittedRows: Int { get }
  mutating func accept(_ schema: SchemaMessage) throws(ConnectorError)
  mutating func accept(_ record: RecordMessage) throws(ConnectorError)
  /// Drops the rows of older versions, where this sink can.
  mutating func activate(version: Int, of stream: String) throws(ConnectorError)
  /// Makes everything taken so far durable.
  mutating func commit() throws(ConnectorError)
}
