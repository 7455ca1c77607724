import ControlLoop
import PipelineModel
import Testing

@Suite struct ClockWatchTests {
  private func jumps(_ looks: (wall: Int64, elapsed: Int64)...) -> [Int64?] {
    var watch = ClockWatch()
    return looks.map {
      watch.look(wall: Timestamp(seconds: $0.wall), elapsed: TimeSpan(seconds: $0.elapsed))?.seconds
    }
  }

  @Test func `time that passes is no jump, however much of it`() {
    #expect(jumps((1000, 0), (1001, 1), (90_000, 89_000)) == [nil, nil, nil])
  }

  @Test func `a clock that is put right by little is no jump`() {
    #expect(jumps((1000, 0), (1004, 1), (1008, 2)) == [nil, nil, nil])
  }

  @Test func `a clock that is set, ahead or back, has jumped once`() {
    #expect(jumps((1000, 0), (4601, 1), (4602, 2), (1003, 3), (1004, 4)) == [nil, 3600, nil, -3600, nil])
  }

  @Test func `a machine that slept has a clock that jumped ahead`() {
    #expect(jumps((1000, 0), (30_000, 1)) == [nil, 28_999])
  }
}
