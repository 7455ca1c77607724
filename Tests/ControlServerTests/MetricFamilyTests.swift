import Testing

@testable import ControlServer

/// The text format of Prometheus.
struct MetricFamilyTests {
  @Test func `labels are escaped and whole numbers have no fraction`() {
    var family = MetricFamily("pipectl_x", .gauge, "Something.")
    family.add(3, ("a", "quote \" slash \\ end \n"))
    #expect(
      family.text
        == "# HELP pipectl_x Something.\n# TYPE pipectl_x gauge\npipectl_x{a=\"quote \\\" slash \\\\ end \\n\"} 3\n")
  }

  @Test func `the buckets of a histogram add up`() {
    var histogram = Histogram([1, 10])
    for value in [0.5, 5, 5, 50] { histogram.note(value) }
    var family = MetricFamily("h", .histogram, "Spans.")
    family.add(histogram)
    #expect(
      family.text?.split(separator: "\n").dropFirst(2).map(String.init) == [
        "h_bucket{le=\"1\"} 1", "h_bucket{le=\"10\"} 3", "h_bucket{le=\"+Inf\"} 4", "h_sum 60.5", "h_count 4",
      ])
  }

  @Test func `a metric without samples is not there`() {
    #expect(MetricFamily("pipectl_x", .gauge, "Something.").text == nil)
  }
}
