import Foundation

/// The commands of a page of `docs/engines` with what they print: its blocks of `console`, in their order, played against the service's
/// stand-in with the manifests of an example.
struct Tour: Sendable {
  let page: String
  /// A folder of `examples`, in which the commands are given.
  let example: String
  /// As the page and the example have it.
  let address: String

  private static let root = (#filePath as NSString).deletingLastPathComponent + "/../../.."
  private var path: String { "\(Self.root)/docs/engines/\(page).md" }

  /// The blocks as they are written.
  func written() throws -> [String] { try pieces().filter(\.isBlock).map(\.text) }

  /// The blocks as they are printed now.
  func played(against service: ContractService, in sandbox: Sandbox, environment: [String: String]) throws -> [String] {
    let folder = "\(Self.root)/examples/\(example)"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".yaml") }) {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      try sandbox.write(text.replacing(address, with: service.address), to: name)
    }
    return try written().map { block in
      try Transcript(block, of: page).played(in: sandbox, environment: environment).text
        .replacing("http://127.0.0.1:<port>", with: address).trimmingCharacters(in: .newlines) + "\n"
    }
  }

  func save(_ blocks: [String]) throws {
    var left = blocks[...]
    let text = try pieces().map { $0.isBlock ? left.removeFirst() : $0.text }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private struct Piece {
    var text: String
    var isBlock: Bool
  }

  /// The page, cut at the fences of its blocks; the fences are not in them.
  private func pieces() throws -> [Piece] {
    var pieces = [Piece(text: "", isBlock: false)]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      let isInside = pieces[pieces.count - 1].isBlock
      if isInside && line == "```" { pieces.append(Piece(text: "", isBlock: false)) }
      pieces[pieces.count - 1].text += line + "\n"
      if line == "```console" { pieces.append(Piece(text: "", isBlock: true)) }
    }
    pieces[pieces.count - 1].text.removeLast()
    return pieces
  }
}
