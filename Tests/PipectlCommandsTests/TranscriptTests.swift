import Foundation
import Testing

/// What people read in `Transcripts/*.txt` is what the program prints.
struct TranscriptTests {
  @Test(arguments: Transcript.names)
  func `a transcript is what the program prints`(name: String) throws {
    let recorded = try Transcript(named: name)
    let played = try recorded.played()
    if Transcript.isRecording {
      #expect(ProcessInfo.processInfo.environment["CI"] == nil, "transcripts are not recorded in CI")
      try played.save(as: name)
    } else {
      #expect(played.text == recorded.text, "`PIPECTL_RECORD=1 swift test --filter TranscriptTests` records them anew")
    }
  }

  @Test func `there are transcripts`() {
    #expect(!Transcript.names.isEmpty)
  }
}
