internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
public import PipelineModel

/// One pool of connections, for one engine. Follows no redirect, so that credentials go nowhere else.
public final class PooledTransport: HTTPTransport {
  private let client: HTTPClient
  private let answerLimit: Int

  /// - Parameter answerLimit: the longest body that is taken, in bytes.
  public init(
    proxy: ProxyChoice = .direct, connectTimeout: TimeSpan = TimeSpan(seconds: 10), answerLimit: Int = 64 << 20
  ) {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .milliseconds(connectTimeout.milliseconds)
    configuration.connectionPool.retryConnectionEstablishment = false
    if case .through(let host, let port, let credential) = proxy {
      let basic = credential?.userAndPassword.map {
        HTTPClient.Authorization.basic(username: $0.user, password: $0.password)
      }
      configuration.proxy = .server(host: host, port: port, authorization: basic)
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.answerLimit = answerLimit
  }

  /// Connections that are left open are closed in the background.
  deinit {
    client.shutdown { _ in }
  }

  /// Closes the connections; nothing is sent afterwards.
  public func shutdown() async {
    try? await client.shutdown()
  }

  public func send(_ request: WireRequest) async throws(TransportError) -> HTTPAnswer {
    do {
      return try await within(request.timeout) { try await self.exchange(request) }
    } catch let error as TransportError {
      throw error
    } catch {
      throw TransportError(error, timeout: request.timeout)
    }
  }

  private func exchange(_ request: WireRequest) async throws -> HTTPAnswer {
    let response = try await client.execute(HTTPClientRequest(request), deadline: .distantFuture)
    return HTTPAnswer(response, body: try await response.body.collect(upTo: answerLimit))
  }

  /// The client's own deadline ends with the head of an answer, and a body may take for ever.
  private func within(
    _ timeout: TimeSpan, _ exchange: @Sendable @escaping () async throws -> HTTPAnswer
  ) async throws -> HTTPAnswer {
    try await withThrowingTaskGroup(of: HTTPAnswer?.self) { group in
      group.addTask { try await exchange() }
      group.addTask {
        try await Task.sleep(for: .milliseconds(timeout.milliseconds))
        return nil
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() ?? nil else { throw HTTPClientError.deadlineExceeded }
      return answer
    }
  }
}

extension HTTPClientRequest {
  fileprivate init(_ request: WireRequest) {
    self.init(url: request.url)
    method = HTTPMethod(rawValue: request.verb.rawValue)
    headers.add(name: "Accept", value: "application/json")
    headers.add(name: "User-Agent", value: "pipectl")
    if let authorization = request.authorization { headers.add(name: "Authorization", value: authorization) }
    if let body = request.body {
      headers.add(name: "Content-Type", value: "application/json")
      self.body = .bytes(ByteBuffer(string: body))
    }
  }
}

extension HTTPAnswer {
  fileprivate init(_ response: HTTPClientResponse, body: ByteBuffer) {
    let headers = response.headers
    let type = headers.first(name: "Content-Type")?.split(separator: ";").first
    let retry = headers.first(name: "Retry-After").flatMap { text in
      Int64(text).map { RetryAfter.span(TimeSpan(seconds: max(0, $0))) } ?? httpDate(text).map { .instant($0) }
    }
    self.init(
      status: Int(response.status.code),
      mediaType: type.map { $0.trimmingCharacters(in: .whitespaces).lowercased() },
      date: headers.first(name: "Date").flatMap { httpDate($0) }, retryAfter: retry,
      location: headers.first(name: "Location"), body: Array(body.readableBytesView))
  }
}
