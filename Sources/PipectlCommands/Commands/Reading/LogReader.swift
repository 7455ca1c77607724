import Foundation
import Glibc
import LocalEngine
import PipelineModel

/// Reads the logs of one run as they grow.
struct LogReader {
  private var files: [LogFile]
  private var positions: [Int: off_t] = [:]

  init(_ sources: [LogSource]) {
    files = sources.map { LogFile($0) }
  }

  /// What is new since the last time, in the order in which it was said.
  mutating func next(in directory: RunDirectory, isOver: Bool) throws(CommandEnd) -> [LogLine] {
    var lines: [LogLine] = []
    for index in files.indices {
      let bytes = try read(index, directory.log(of: files[index].source))
      lines += files[index].lines(adding: bytes, isOver: isOver)
    }
    return lines.inOrder
  }

  /// A log that shrank was cut in its middle; it goes on from its new end, and says itself what it left out.
  private mutating func read(_ index: Int, _ path: String) throws(CommandEnd) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw .failed("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    let start = min(positions[index, default: 0], size)
    positions[index] = size
    guard size > start else { return [] }
    let bytes = bytes(of: descriptor, from: start, count: Int(size - start))
    positions[index] = start + off_t(bytes.count)
    return bytes
  }

  /// As many as there are.
  private func bytes(of descriptor: Int32, from start: off_t, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let got = pread(descriptor, rest.baseAddress, rest.count, start + off_t(filled))
        if got > 0 { filled += got } else if got == 0 || errno != EINTR { return }
      }
    }
  }
}

extension RunDirectory {
  func log(of source: LogSource) -> String {
    switch source {
    case .supervisor: supervisorLog
    case .tap: tapLog
    case .target: targetLog
    case .stdout: outputLog
    case .stderr: errorLog
    }
  }
}
