internal import CPosix
internal import Glibc

/// Whole files and folders, durable where it says so.
enum Files {
  static func contents(of path: String) throws(PosixError) -> [UInt8] {
    let file = try FileDescriptor(opening: path, O_RDONLY)
    return try file.readAll(path)
  }

  /// The contents, or nil where there is no such file.
  static func contentsIfPresent(of path: String) throws(PosixError) -> [UInt8]? {
    do {
      return try contents(of: path)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  /// Writes beside the path, makes that durable, and renames: a reader sees the old contents or the new.
  ///
  /// What nobody reads after a power cut need not be durable.
  static func replace(_ path: String, with bytes: [UInt8], durably isDurable: Bool = true) throws(PosixError) {
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).new"
    do throws(PosixError) {
      let file = try FileDescriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL)
      try file.writeAll(bytes)
      if isDurable { try file.synchronize() }
      guard rename(temporary, path) == 0 else { throw PosixError("rename \(temporary) to \(path)") }
    } catch {
      unlink(temporary)
      throw error
    }
    if isDurable { try synchronize(folder: parent(of: path)) }
  }

  /// Makes a folder's entries durable.
  static func synchronize(folder path: String) throws(PosixError) {
    let folder = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
    guard fsync(folder.number) == 0 else { throw PosixError("synchronize \(path)") }
  }

  /// Makes durable everything that was written to the disk of a folder, whoever wrote it.
  static func synchronizeDisk(of path: String) throws(PosixError) {
    let folder = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
    guard cposix_synchronize_disk(folder.number) == 0 else { throw PosixError("synchronize the disk of \(path)") }
  }

  /// Makes a private folder and what is missing above it.
  static func makeFolder(_ path: String) throws(PosixError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path != "/" else { throw PosixError("make the folder \(path)") }
    try makeFolder(parent(of: path))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw PosixError("make the folder \(path)") }
  }

  /// The names in a folder, sorted; nil where there is no such folder.
  static func names(in path: String) throws(PosixError) -> [String]? {
    guard let stream = opendir(path) else {
      let error = PosixError("read the folder \(path)")
      if error.code == ENOENT { return nil }
      throw error
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The absolute path without symbolic links; nil where there is nothing.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func workingDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
