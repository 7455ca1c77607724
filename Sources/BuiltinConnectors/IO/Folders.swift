internal import Glibc

/// Makes a folder and those above it, where they are missing.
func makeFolder(_ path: String) throws(ConnectorError) {
  guard !path.isEmpty else { throw ConnectorError(.config, "the name of a folder is empty") }
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += part
    if mkdir(made, 0o755) != 0, errno != EEXIST { throw .system(.output, "cannot make folder `\(made)`", errno: errno) }
    made += "/"
  }
}
