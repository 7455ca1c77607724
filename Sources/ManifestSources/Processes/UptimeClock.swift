import Glibc

/// Milliseconds that no change of the wall clock moves, and that go on while the machine sleeps; for deadlines.
func uptime() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_BOOTTIME, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
