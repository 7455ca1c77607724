import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import PipelineModel

/// Serves a dialect over HTTP on this machine.
public struct ContractServer: Sendable {
  public let dialect: any ContractDialect
  public let faults: FaultScript
  public let calls: CallLog

  public init(_ dialect: any ContractDialect, faults: FaultScript = FaultScript(), calls: CallLog = CallLog()) {
    self.dialect = dialect
    self.faults = faults
    self.calls = calls
  }

  /// Serves as long as `body` runs.
  ///
  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - body: given the address, `http://127.0.0.1:4711`.
  public func serve<Result: Sendable>(
    port: Int = 0, while body: @Sendable @escaping (_ address: String) async throws -> Result
  ) async throws -> Result {
    let listener = try await listen(port)
    let address = "http://127.0.0.1:\(listener.channel.localAddress?.port ?? port)"
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try await accept(listener)
        return nil
      }
      group.addTask { try await body(address) }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  private func listen(_ port: Int) async throws -> NIOAsyncChannel<Connection, Never> {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          return try Connection(wrappingChannelSynchronously: channel)
        }
      }
  }

  private func accept(_ listener: NIOAsyncChannel<Connection, Never>) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      try await listener.executeThenClose { connections in
        for try await connection in connections {
          // A caller that goes away is no trouble of the server.
          group.addTask { try? await serve(connection) }
        }
      }
    }
  }

  /// One request after the other, until either end closes the connection.
  private func serve(_ connection: Connection) async throws {
    try await connection.executeThenClose { parts, output in
      var head: HTTPRequestHead?
      var body: [UInt8] = []
      for try await part in parts {
        switch part {
        case .head(let received): (head, body) = (received, [])
        case .body(let bytes): body += bytes.readableBytesView
        case .end:
          guard let request = head.map({ ServedRequest($0, body: body) }) else { return }
          calls.note(request)
          let delivery = await Delivery(request, by: dialect, fault: faults.next(for: request))
          guard try await delivery.write(to: output, at: dialect.now()) else { return }
        }
      }
    }
  }
}

extension ServedRequest {
  fileprivate init(_ head: HTTPRequestHead, body: [UInt8]) {
    let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    func plain(_ text: some StringProtocol) -> String { text.removingPercentEncoding ?? String(text) }
    let query = parts.count > 1 ? parts[1].split(separator: "&") : []
    let items = query.map { item in
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (plain(pair[0]), pair.count > 1 ? plain(pair[1]) : "")
    }
    self.init(
      method: head.method.rawValue, path: (parts.first ?? "").split(separator: "/").map(plain),
      query: Dictionary(items, uniquingKeysWith: { _, last in last }),
      headers: Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + ", " + $1 }),
      body: body)
  }
}
