import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A proxy on this machine that connects whoever asks with one service, wherever they want to go, or with nobody.
final class ConnectProxy: Sendable {
  /// The port of the service; absent: nobody is connected.
  private let target: Int?
  private let heads = Mutex<[String]>([])

  init(to target: Int?) {
    self.target = target
  }

  /// The first line of each request to connect.
  var asked: [String] { heads.withLock { $0.map { $0.components(separatedBy: "\r\n")[0] } } }

  /// Who said who they are, and as whom.
  var credentials: [String] {
    heads.withLock { heads in
      heads.flatMap { $0.components(separatedBy: "\r\n") }.filter { $0.lowercased().hasPrefix("proxy-authorization") }
    }
  }

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  func serve<Result: Sendable>(while body: @Sendable @escaping (_ port: Int) async throws -> Result) async throws
    -> Result
  {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
      }
    let port = listener.channel.localAddress?.port ?? 0
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try await withThrowingDiscardingTaskGroup { connections in
          try await listener.executeThenClose { accepted in
            for try await connection in accepted { connections.addTask { try? await self.serve(connection) } }
          }
        }
        return nil
      }
      group.addTask { try await body(port) }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private func serve(_ connection: Connection) async throws {
    try await connection.executeThenClose { input, output in
      var parts = input.makeAsyncIterator()
      var head = ""
      while !head.contains("\r\n\r\n"), let part = try await parts.next() { head += String(buffer: part) }
      heads.withLock { $0.append(head) }
      guard let target else {
        return try await output.write(ByteBuffer(string: "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"))
      }
      let service = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: target) { channel in
          channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
        }
      try await service.executeThenClose { answers, requests in
        try await output.write(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"))
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { for try await part in answers { try await output.write(part) } }
          while let part = try await parts.next() { try await requests.write(part) }
          group.cancelAll()
        }
      }
    }
  }
}
