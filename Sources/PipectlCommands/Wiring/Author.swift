import Glibc

/// Who gives the commands of this process: the user's name, recorded with every request and override.
func author() -> String {
  guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid \(getuid())" }
  return String(cString: name)
}
