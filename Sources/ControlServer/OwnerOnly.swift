import Glibc
import Hummingbird

/// Answers only to the controller's own user and to root.
struct OwnerOnly: RouterMiddleware {
  func handle(
    _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
  ) async throws -> Response {
    let user = await context.peerUser()
    guard let user, user == geteuid() || user == 0 else {
      let who = user.map { "uid \($0)" } ?? "somebody unknown"
      return Response(
        text: "this controller belongs to uid \(geteuid()) and answers only to that user and to root, not to \(who)\n",
        status: .forbidden)
    }
    return try await next(request, context)
  }
}
