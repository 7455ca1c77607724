internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import PipelineModel

extension TransportError {
  /// What a failure of the client means; one that is not known counts as having come too late.
  init(_ error: any Error, timeout: TimeSpan) {
    switch error {
    case let error as HTTPClientError: self.init(error, timeout)
    case let error as NIOSSLError where error.isOfHandshake: self.init(.untrusted, "\(error)")
    case is NIOSSLExtraError: self.init(.untrusted, "\(error)")
    case let error as NIOConnectionError: self.init(.beforeSending, "no connection: \(error.words)")
    case is NIOTooManyBytesError: self.init(.afterSending, "the answer is larger than pipectl takes")
    case is CancellationError: self.init(.afterSending, "it was given up")
    case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
      self.init(.beforeSending, "no connection: \(error.words)")
    case let error as IOError: self.init(.afterSending, "the connection broke: \(error.words)")
    case _: self.init(.afterSending, "the connection broke: \(error)")
    }
  }

  private init(_ error: HTTPClientError, _ timeout: TimeSpan) {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout,
      .getConnectionFromPoolTimeout:
      self.init(.beforeSending, "no connection in time")
    case .proxyAuthenticationRequired:
      self.init(.beforeSending, "the proxy wants a user and a password: http://user:password@host:port")
    case .invalidProxyResponse: self.init(.beforeSending, "the proxy does not connect")
    case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown: self.init(.beforeSending, error.shortDescription)
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      self.init(.afterSending, "no whole answer within \(timeout.seconds) s")
    case .remoteConnectionClosed:
      self.init(.afterSending, "the service closed the connection before the whole answer was there")
    case _: self.init(.afterSending, error.shortDescription)
    }
  }
}

extension NIOSSLError {
  /// Whether nothing was sent before it.
  fileprivate var isOfHandshake: Bool {
    switch self {
    case .handshakeFailed, .unableToValidateCertificate, .noCertificateToValidate, .cannotFindPeerIP: true
    case _: false
    }
  }
}

extension NIOConnectionError {
  fileprivate var words: String {
    if let failure = connectionErrors.first?.error { return (failure as? IOError)?.words ?? "\(failure)" }
    if let lookup = dnsAError ?? dnsAAAAError { return "`\(host)` is not found: \(lookup)" }
    return "\(host):\(port)"
  }
}

extension IOError {
  /// As the system words it: `Connection refused`.
  fileprivate var words: String { String(cString: strerror(errnoCode)) }
}
