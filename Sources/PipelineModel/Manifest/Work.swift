/// What a run of a pipeline does.
///
/// It is the larger part of a spec, and specs are copied often: the cases are boxed, so that a copy counts one more owner.
public indirect enum Work: Hashable, Codable, Sendable {
  /// A tap feeds a target.
  case replication(Replication)
  /// One program does it all.
  case command(CommandJob)
  /// The engine holds the whole definition; pipectl knows its id.
  case remote(id: String)
  /// The engine moves tables by a mapping that it holds.
  case migration(Migration)
}

extension Work {
  /// The command; absent where the work is something else.
  public var commandJob: CommandJob? {
    switch self {
    case .command(let job): job
    case .replication, .remote, .migration: nil
    }
  }

  /// The migration; absent where the work is something else.
  public var migration: Migration? {
    switch self {
    case .migration(let migration): migration
    case .replication, .command, .remote: nil
    }
  }

  /// Whether the engine holds the whole definition, and with it the schedule.
  public var isRemote: Bool {
    switch self {
    case .remote: true
    case .replication, .command, .migration: false
    }
  }
}

/// Streams that go from a source to a destination.
public struct Replication: Hashable, Codable, Sendable {
  public var source: Connection
  public var destination: Connection
  public var streams: StreamSelection

  public init(source: Connection, destination: Connection, streams: StreamSelection) {
    self.source = source
    self.destination = destination
    self.streams = streams
  }
}
