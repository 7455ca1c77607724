extension HTTPCaller {
  /// Reads a list that comes in pages, from the first one on.
  ///
  /// - Parameters:
  ///   - next: the call that reads what follows; nil at the end.
  ///   - limit: of pages; a service that goes in a circle ends there.
  public func pages<Page: Decodable>(
    from first: HTTPCall, as type: Page.Type, limit: Int = 1000, next: (Page, HTTPCall) -> HTTPCall?
  ) async throws(CallFailure) -> [Page] {
    var pages: [Page] = []
    var seen: Set<HTTPCall> = []
    var following: HTTPCall? = first
    while let call = following {
      guard pages.count < limit, seen.insert(call).inserted else {
        throw CallFailure(.garbled, "\(first) has no end: after \(pages.count) pages it leads to \(call) again")
      }
      let page = try await send(call).decoded(type, of: call)
      pages.append(page)
      following = next(page, call)
    }
    return pages
  }
}
