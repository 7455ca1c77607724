import CPosix
import Foundation
import Glibc

/// With a slash first, and none doubled; links are kept.
func absolutePath(_ path: String) -> String {
  let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
}

func parent(of path: String) -> String {
  let end = path.lastIndex(of: "/") ?? path.startIndex
  return end == path.startIndex ? "/" : String(path[..<end])
}

func name(of path: String) -> String {
  String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
}

/// The path without links; nil where there is no such folder.
func realFolder(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  var status = stat()
  guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
  return String(cString: resolved)
}

/// The folders in a folder that may hold manifests; links are not followed.
func subfolders(of folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard !name.hasPrefix(".") else { continue }
    switch Int(entry.pointee.d_type) {
    case Int(DT_DIR): names.append(name)
    case Int(DT_UNKNOWN): if isFolder(folder + "/" + name) { names.append(name) }
    case _: break
    }
  }
  return names
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether others may change what is there without this machine's kernel knowing.
func isOnNetwork(_ path: String) -> Bool {
  let type = cposix_file_system(path)
  let nfs = 0x6969, smb2 = 0xFE53_4D42, cifs = 0xFF53_4D42, fuse = 0x6573_5546, plan9 = 0x0102_1997, ceph = 0x00C3_6400
  return [nfs, smb2, cifs, fuse, plan9, ceph].contains(type)
}
