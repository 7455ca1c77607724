import Hummingbird
import NIOCore

/// A request together with the connection that it came by.
struct PeerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// The user whose process is at the other end, as the kernel noted when it connected; absent where the kernel does not tell.
  func peerUser() async -> UInt32? {
    guard let options = channel as? any SocketOptionProvider else { return nil }
    let answer: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: 17))
    return try? await answer.get().user
  }
}

/// `struct ucred` of SO_PEERCRED (17 on Linux), which glibc shows only behind _GNU_SOURCE.
private struct PeerCredentials: Sendable {
  var process: Int32 = 0
  var user: UInt32 = 0
  var group: UInt32 = 0
}
