internal import CPosix
internal import Glibc

/// `journal.jsonl`: one line an entry, only ever appended to.
///
/// A little space is reserved beside it. When the disk is full it is given back and the entry that needed it fails, so that the run is
/// ended while there is room for its end.
final class FileJournal: RunJournal {
  private let file: FileDescriptor
  private let reserve: String
  private var isDirty = false

  init(_ directory: RunDirectory) throws(PosixError) {
    reserve = directory.reserve
    file = try FileDescriptor(opening: directory.journal, O_RDWR | O_CREAT | O_APPEND)
    try finishTornLine()
    try Files.synchronize(folder: directory.path)
    if let space = try? FileDescriptor(opening: reserve, O_WRONLY | O_CREAT) {
      _ = cposix_reserve(space.number, 256 * 1024)
    }
  }

  func record(_ entry: JournalEntry, durably isDurable: Bool) throws(JournalError) {
    let bytes: [UInt8]
    do {
      bytes = try JournalLine(at: Clock.now(), entry: entry).bytes()
    } catch {
      throw JournalError(description: "cannot encode a journal entry")
    }
    // Whoever reads the end may put the folder away at once: nothing may be left to do in it.
    if case .ended = entry { unlink(reserve) }
    try append(bytes)
    isDirty = true
    if isDurable { try synchronize() }
  }

  func synchronize() throws(JournalError) {
    guard isDirty else { return }
    do {
      try file.synchronize()
      isDirty = false
    } catch {
      throw JournalError(description: "the journal: \(error)")
    }
  }

  private func append(_ bytes: [UInt8]) throws(JournalError) {
    do {
      try file.writeAll(bytes)
    } catch {
      if error.code == ENOSPC, unlink(reserve) == 0 {
        do throws(PosixError) { try file.writeAll([0x0A] + bytes) } catch {}
      }
      throw JournalError(description: "the journal: \(error)")
    }
  }

  /// A crash may have torn the last line; what is appended begins a line of its own.
  private func finishTornLine() throws(PosixError) {
    let size = lseek(file.number, 0, SEEK_END)
    var last: UInt8 = 0x0A
    guard size > 0, pread(file.number, &last, 1, size - 1) == 1, last != 0x0A else { return }
    try file.writeAll([0x0A])
  }
}
