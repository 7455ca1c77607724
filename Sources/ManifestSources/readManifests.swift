import Diagnostics
import Foundation
import Glibc
import PipelineModel

/// Reads what `-f` arguments name: files, folders (`*.yaml` and `*.yml` below them, dot-folders skipped) and `-`, standard input.
///
/// - Parameter standardInput: called at most once.
public func readManifests(_ arguments: [String], standardInput: () -> [UInt8]) -> ManifestListing {
  var listing = ManifestListing()
  var hasReadInput = false
  for argument in arguments {
    if argument == "-" {
      if hasReadInput {
        listing.reject(.inputNamedTwice, "standard input is named twice", "name `-` once")
      } else {
        listing.files.append(ManifestFile(name: "<stdin>", bytes: standardInput(), sourceSet: .standardInput))
        listing.sourceSets.append(.standardInput)
      }
      hasReadInput = true
    } else {
      listing.read(argument)
    }
  }
  return listing
}

extension ManifestListing {
  fileprivate mutating func reject(_ code: DiagnosticCode, _ headline: String, _ help: String) {
    diagnostics.append(Diagnostic(code, .error, headline, at: nil, help: Help(help)))
  }

  fileprivate mutating func read(_ argument: String) {
    guard let root = realPath(argument) else {
      return reject(
        errno == ENOENT || errno == ENOTDIR ? .noSuchFile : .unreadableFile, "`\(argument)`: \(systemMessage())",
        "give -f a file, a folder or `-`")
    }
    let set = SourceSet.path(root)
    if !sourceSets.contains(set) { sourceSets.append(set) }
    switch kind(of: root) {
    case .folder: readFolder(argument, root: root, set: set)
    case .file: read([NamedFile(name: argument, path: root)], set: set)
    case .other: reject(.notAFile, "`\(argument)` is neither a file nor a folder", "give -f a file, a folder or `-`")
    }
  }

  private mutating func readFolder(_ argument: String, root: String, set: SourceSet) {
    var unreadable: [String] = []
    let found = manifests(below: root, unreadable: &unreadable)
    for folder in unreadable {
      reject(.unreadableFile, "the folder `\(argument)/\(folder)` cannot be read", "check its permissions")
    }
    if found.isEmpty && unreadable.isEmpty {
      reject(
        .noManifests, "`\(argument)` holds no manifest",
        "manifests end in .yaml or .yml; folders whose names begin with a dot are skipped")
    }
    var files: [NamedFile] = []
    for entry in found {
      let name = (argument.hasSuffix("/") ? argument : argument + "/") + entry.path
      // The folder's own path has no links in it, and no link was followed into another folder.
      guard let target = entry.kind == .file ? root + "/" + entry.path : realPath(root + "/" + entry.path) else {
        reject(.noSuchFile, "`\(name)`: \(systemMessage())", "mend or remove the link")
        continue
      }
      guard target.hasPrefix(root + "/") else {
        reject(.linkLeavesFolder, "`\(name)` is a link that leads out of `\(argument)`", "name its target with -f")
        continue
      }
      files.append(NamedFile(name: name, path: target))
    }
    read(files, set: set)
  }

  /// Files that were read under another name already are left out.
  private mutating func read(_ named: [NamedFile], set: SourceSet) {
    let new = named.filter { realPaths.insert($0.path).inserted }
    let size = 64
    let parts = stride(from: 0, to: new.count, by: size).map { new[$0..<min($0 + size, new.count)] }
    let read = OverCores().map(parts) { part in part.map { contents(ofFile: $0.path) } }
    for (file, contents) in zip(new, read.joined()) { add(contents, of: file.name, set: set) }
  }

  private mutating func add(_ contents: FileContents, of name: String, set: SourceSet) {
    switch contents {
    case .bytes(let bytes): files.append(ManifestFile(name: name, bytes: bytes, sourceSet: set))
    case .notAFile: reject(.notAFile, "`\(name)` is not a regular file", "manifests are plain files")
    case .unreadable(let why): reject(.unreadableFile, "`\(name)` cannot be read: \(why)", "check its permissions")
    }
  }
}

/// A file by the name that it is given in messages, and its real path.
private struct NamedFile {
  let name: String
  let path: String
}

private enum FileContents {
  case bytes([UInt8])
  case notAFile
  case unreadable(why: String)
}

/// The whole of a file. A pipe is not waited for.
private func contents(ofFile path: String) -> FileContents {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return refused(path) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { return .unreadable(why: systemMessage()) }
  guard status.st_mode & S_IFMT == S_IFREG else { return .notAFile }
  var bytes: [UInt8] = []
  // One byte more than there should be, so that the end is seen at once.
  var size = Int(status.st_size) + 1
  while true {
    guard let chunk = chunk(of: descriptor, size) else { return .unreadable(why: systemMessage()) }
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    if chunk.count < size { return .bytes(bytes) }
    size = 64 << 10
  }
}

/// What to say of a file that could not be opened.
private func refused(_ path: String) -> FileContents {
  let why = systemMessage()
  return kind(of: path) == .other ? .notAFile : .unreadable(why: why)
}

/// Up to so many bytes; fewer only at the end of the file.
private func chunk(of descriptor: Int32, _ size: Int) -> [UInt8]? {
  var count = 0
  let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    repeat { count = Glibc.read(descriptor, buffer.baseAddress, size) } while count < 0 && errno == EINTR
    filled = max(0, count)
  }
  return count < 0 ? nil : chunk
}

private enum Kind {
  case file
  case folder
  case other
}

private func kind(of path: String) -> Kind {
  var status = stat()
  guard stat(path, &status) == 0 else { return .other }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  case _: return .other
  }
}

/// A manifest below a folder; `other` is a link, or worse.
private struct Entry {
  /// Relative to the folder.
  let path: String
  let kind: Kind
}

/// Manifests below a folder, sorted by path.
private func manifests(below root: String, folder: String = "", unreadable: inout [String]) -> [Entry] {
  let here = folder.isEmpty ? root : root + "/" + folder
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: here) else {
    unreadable.append(folder)
    return []
  }
  return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [Entry] in
    let path = folder.isEmpty ? name : folder + "/" + name
    let kind = entryKind(root + "/" + path)
    switch kind {
    case .folder: return manifests(below: root, folder: path, unreadable: &unreadable)
    case .file, .other:
      return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? [Entry(path: path, kind: kind)] : []
    }
  }
}

/// A link is never followed into another folder.
private func entryKind(_ path: String) -> Kind {
  var status = stat()
  guard lstat(path, &status) == 0 else { return .other }
  switch status.st_mode & S_IFMT {
  case S_IFDIR: return .folder
  case S_IFREG: return .file
  case _: return .other
  }
}

private func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

private func systemMessage() -> String {
  String(cString: strerror(errno))
}
