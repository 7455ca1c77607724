/// Whether a host is this machine: `localhost`, `::1`, or one of the numbers from `127.0.0.0` on. A name that only begins like one is not.
public func isLoopback(host: some StringProtocol) -> Bool {
  let parts = host.split(separator: ".", omittingEmptySubsequences: false)
  let isNumber = parts.allSatisfy { part in
    part.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } && UInt8(part) != nil
  }
  return host == "localhost" || host == "::1" || parts.count == 4 && parts[0] == "127" && isNumber
}

/// The same of a host as it stands in an address, with or without a port: `127.0.0.1:8278`, `[::1]`.
public func isLoopback(authority: some StringProtocol) -> Bool {
  let isBracketed = authority.hasPrefix("[::1]")
  let host = isBracketed ? "::1" : String(authority.prefix { $0 != ":" })
  let port = authority.dropFirst(isBracketed ? 5 : host.count)
  let isPort = port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil
  return isPort && isLoopback(host: host)
}
