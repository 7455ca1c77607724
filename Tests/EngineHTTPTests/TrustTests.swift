import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import PipelineModel
import Synchronization
import Testing

@testable import EngineHTTP

/// A service whose certificate nobody has signed.
@Suite struct TrustTests {
  @Test(arguments: [HTTPCall.read, .start])
  func `a service that does not prove who it is is told nothing, once`(call: HTTPCall) async throws {
    let impostor = try await Impostor()
    let transport = PooledTransport()
    let base = try #require(BaseURL("https://127.0.0.1:\(impostor.port)"))
    let time = StillTime()
    let caller = HTTPCaller(base: base, transport: transport, pacing: time, credential: .bearer("CANARY-token"))
    let failure = try #require(await #expect(throws: CallFailure.self) { try await caller.send(call) })
    #expect(failure.kind == .untrusted && !failure.mayHaveBeenTaken, "\(failure.message)")
    #expect(failure.message.contains("127.0.0.1:\(impostor.port)"), "\(failure.message)")
    #expect(failure.message.contains("signed by somebody whom this machine trusts"), "\(failure.message)")
    #expect(time.pauses == [], "it is not sent again")
    #expect(impostor.connections == 1 && impostor.requests == 0)
    await transport.shutdown()
    try await impostor.end()
  }
}

/// Listens on this machine with a certificate of its own making, and counts who comes.
private final class Impostor: Sendable {
  private let channel: any Channel
  private let counted: Counts

  private final class Counts: Sendable {
    let connections = Mutex(0)
    let requests = Mutex(0)
  }

  private final class Counter: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    let counts: Counts

    init(_ counts: Counts) { self.counts = counts }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { counts.requests.withLock { $0 += 1 } }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  init() async throws {
    func bytes(_ text: String) throws -> [UInt8] {
      Array(try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters)))
    }
    let certificate = try NIOSSLCertificate(bytes: bytes(Self.certificate), format: .der)
    let key = try NIOSSLPrivateKey(bytes: bytes(Self.key), format: .der)
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
    let counts = Counts()
    counted = counts
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        counts.connections.withLock { $0 += 1 }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLServerHandler(context: context))
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(Counter(counts))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var connections: Int { counted.connections.withLock { $0 } }
  var requests: Int { counted.requests.withLock { $0 } }

  func end() async throws { try await channel.close() }

  /// Of `localhost`, signed by itself, for a hundred years; good for nothing else.
  private static let certificate = """
    MIIBfzCCASWgAwIBAgIUA3pFbvnPmFKfxqWnFq8ILZrfgW0wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2
    MTEyMjAxNDUwN1oYDzIxMjYxMDI5MDE0NTA3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
    AAQe4OoQMyJQS0rR3PHCZ6CZHniArd/l/KnGUayxlUMgVQiRLDF6zuLinNdaRA2cpekIo7QSlvCoTYrhBrJKTf++o1MwUTAdBgNV
    HQ4EFgQUFsx19rshF3sxjHAT8MGFrrR5YwAwHwYDVR0jBBgwFoAUFsx19rshF3sxjHAT8MGFrrR5YwAwDwYDVR0TAQH/BAUwAwEB
    /zAKBggqhkjOPQQDAgNIADBFAiEAllCpjN+NKp0tfeJtVFJB+IDHbQkh02IJHIyhZcSnN1oCIF6xySzQzSSpGFn7YEz3OE0a6PLA
    Cd72+WGkwpeKeVWZ
    """

  private static let key = """
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpA2OtkmihDtFLMZbyN+aTqV2EcbDubFafMTzSdj9o8uhRANCAAQe
    4OoQMyJQS0rR3PHCZ6CZHniArd/l/KnGUayxlUMgVQiRLDF6zuLinNdaRA2cpekIo7QSlvCoTYrhBrJKTf++
    """
}
