internal import EngineHTTP
internal import PipelineModel

/// How far the list of loads was read for a run, and what it says of its source.
///
/// The list has a row for each stream of the account, in no order that is promised. On a big account it takes more calls than there are at once:
/// so each look goes on where the one before it ended.
///
/// Once each page was read, a big list is read again only where something known is missing. So a stream whose very first load comes on a page
/// that was read already is not waited for: its run may be over a little before that stream is. To read all of such a list once more would take
/// longer than loads are waited for.
struct StitchLoadSearch: Codable, Hashable, Sendable {
  /// Those that were read since the extraction ended; sorted.
  private(set) var pages: [Int] = []
  /// How many there were when one was read last.
  private(set) var pageCount: Int?
  /// By stream.
  private(set) var rows: [String: Row] = [:]

  struct Row: Codable, Hashable, Sendable {
    var page: Int
    var loadedAt: Timestamp?
    var hasError: Bool
  }

  /// As many as one look reads, so that others have their turn.
  static let pagesPerLook = 8

  /// Whether each page was read.
  var isComplete: Bool {
    guard let pageCount else { return false }
    return (1...pageCount).allSatisfy(pages.contains)
  }

  /// The page that is to be read next; nil where none is.
  ///
  /// - Parameters:
  ///   - read: the pages that this look has read already.
  ///   - extraction: what the run has extracted: once each page was read, those are read again on which something of it is missing.
  func next(besides read: Set<Int>, awaiting extraction: StitchExtraction) -> Int? {
    let all = 1...(pageCount ?? 1)
    guard isComplete else { return all.first { !pages.contains($0) && !read.contains($0) } }
    guard all.count > Self.pagesPerLook else { return all.first { !read.contains($0) } }
    // A source of which there is no row at all may get one on any page.
    let wanted = rows.isEmpty ? Array(all) : pagesOfWhatIsMissing(from: extraction)
    return wanted.first { !read.contains($0) }
  }

  private func pagesOfWhatIsMissing(from extraction: StitchExtraction) -> [Int] {
    let concerned = rows.values.filter { $0.isOf(extraction) }
    let missing = concerned.isEmpty ? Array(rows.values) : concerned.filter { !$0.isWhole(extraction) }
    return missing.map(\.page).sorted()
  }

  mutating func take(_ page: StitchPage<StitchLoad>, number: Int, of source: String) {
    pageCount = page.count
    let here = page.data.rows.filter { $0.sourceName == source }
    let moved = rows.filter { row in row.value.page == number && !here.contains { $0.streamName == row.key } }
    if !moved.isEmpty {
      // It may be on any page by now.
      for stream in moved.keys { rows[stream] = nil }
      pages = []
    }
    for load in here {
      rows[load.streamName] = Row(page: number, loadedAt: load.loadedAt, hasError: load.hasError)
    }
    if !pages.contains(number) { pages = (pages + [number]).sorted() }
  }
}

extension StitchLoadSearch.Row {
  /// Whether its stream was loaded since that extraction began.
  func isOf(_ extraction: StitchExtraction) -> Bool { loadedAt.map { $0 >= extraction.startedAt } ?? false }

  /// Whether all of it is loaded.
  func isWhole(_ extraction: StitchExtraction) -> Bool {
    !hasError && (loadedAt.map { $0 >= extraction.completedAt } ?? false)
  }
}
