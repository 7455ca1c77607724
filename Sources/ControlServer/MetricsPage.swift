import PipelineModel

/// What `/metrics` shows: computed when it is asked for.
struct MetricsPage {
  let version: String
  let known: Chronicle
  let status: ControllerStatus
  let process: ProcessFigures?
  /// How many goals and rounds wait for their turn.
  let waiting: Int
  let now: Timestamp

  var text: String {
    (about + loop + source + pipelines + runs + cancels + trouble).compactMap(\.text).joined()
  }

  private var book: RunBook { known.book }

  /// Sorted by name, without those that were let go.
  private var managed: [(PipelineName, RunBook.Pipeline)] {
    book.pipelines.filter { !$0.value.isForgotten }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private var about: [MetricFamily] {
    var build = MetricFamily("pipectl_build_info", .gauge, "The program; always 1.")
    build.add(1, ("version", version))
    var start = MetricFamily(
      "process_start_time_seconds", .gauge, "When the controller started, in seconds since 1970.")
    start.add(seconds(status.startedAt))
    var memory = MetricFamily("process_resident_memory_bytes", .gauge, "Memory of the controller that is in use.")
    var time = MetricFamily("process_cpu_seconds_total", .counter, "Processor time of the controller.")
    var files = MetricFamily("process_open_fds", .gauge, "Files that the controller has open.")
    if let process {
      memory.add(process.residentBytes)
      time.add(process.processorSeconds)
      files.add(process.openFiles)
    }
    return [build, start, memory, time, files]
  }

  private var loop: [MetricFamily] {
    var total = MetricFamily("pipectl_reconcile_total", .counter, "Rounds of the loop, by how they ended.")
    for (result, count) in known.reconciles.sorted(by: { $0.key < $1.key }) { total.add(count, ("result", result)) }
    var duration = MetricFamily("pipectl_reconcile_duration_seconds", .histogram, "How long rounds of the loop took.")
    duration.add(known.reconcileDuration)
    var last = MetricFamily(
      "pipectl_reconcile_last_success_timestamp_seconds", .gauge, "When a round last ended well, in seconds since 1970."
    )
    if let instant = known.lastGoodReconcile { last.add(seconds(instant)) }
    var errors = MetricFamily(
      "pipectl_reconcile_errors_total", .counter, "Rounds of the loop that ended with an error.")
    errors.add(status.loopErrors)
    var wake = MetricFamily(
      "pipectl_reconcile_next_timestamp_seconds", .gauge, "When the loop wants to look again, in seconds since 1970.")
    if let instant = status.nextWake { wake.add(seconds(instant)) }
    var depth = MetricFamily(
      "pipectl_workqueue_depth", .gauge, "Commands and rounds of the loop that wait for their turn.")
    depth.add(waiting)
    return [total, duration, last, errors, wake, depth]
  }

  private var source: [MetricFamily] {
    var revision = MetricFamily("pipectl_git_revision_info", .gauge, "The commit that is applied; always 1.")
    var age = MetricFamily(
      "pipectl_git_sync_age_seconds", .gauge, "How long ago the source was last read with success.")
    var conditions = MetricFamily(
      "pipectl_source_condition", .gauge, "Conditions of the source; 1 while one is true, 0 while it is false.")
    if let source = status.source {
      if let commit = source.commit { revision.add(1, ("commit", commit)) }
      if let read = source.readAt { age.add(max(0, seconds(now) - seconds(read))) }
      for condition in source.conditions where condition.status != "Unknown" {
        conditions.add(
          condition.status == "True" ? 1 : 0, ("type", condition.type), ("reason", condition.reason))
      }
    }
    return [revision, age, conditions]
  }

  private var pipelines: [MetricFamily] {
    var counts = MetricFamily("pipectl_pipelines", .gauge, "Pipelines, by what was last decided about them.")
    for count in status.decisions { counts.add(count.count, ("decision", count.reason)) }
    var info = MetricFamily("pipectl_pipeline_info", .gauge, "What is known of a pipeline; always 1.")
    var generation = MetricFamily("pipectl_pipeline_generation", .gauge, "The generation of a pipeline.")
    for (name, pipeline) in managed {
      info.add(
        1, ("pipeline", name.text), ("backend", pipeline.engine.text),
        ("paused", pipeline.isPaused(at: now) ? "true" : "false"), ("sync_status", pipeline.lifecycleWord),
        ("health", pipeline.healthWord))
      generation.add(pipeline.generation, ("pipeline", name.text))
    }
    var lag = MetricFamily(
      "pipectl_schedule_lag_seconds", .histogram, "From a slot to the start of its run, of runs that ended.")
    if book.slotLag.count > 0 { lag.add(book.slotLag) }
    return [counts, info, generation, drift, overduePauses, missedSlots, nextSlots, lag]
  }

  private var drift: MetricFamily {
    var drift = MetricFamily(
      "pipectl_pipeline_drift", .gauge,
      "Pipelines of which somebody changed something at the engine that holds it, by what it is.")
    let held = managed.compactMap(\.1.drift)
    for field in HeldField.allCases where !held.isEmpty {
      drift.add(held.count { $0.contains(field) }, ("class", field.rawValue))
    }
    return drift
  }

  private var nextSlots: MetricFamily {
    var next = MetricFamily(
      "pipectl_schedule_next_timestamp_seconds", .gauge,
      "When the next slot of a pipeline comes, in seconds since 1970.")
    for (name, _) in managed {
      if let instant = known.nextSlots[name] { next.add(seconds(instant), ("pipeline", name.text)) }
    }
    return next
  }

  private var overduePauses: MetricFamily {
    var overdue = MetricFamily(
      "pipectl_pipeline_paused_overdue_seconds", .gauge, "How long ago a pause by command should have ended.")
    for (name, pipeline) in managed {
      guard let override = pipeline.override, override.isPaused, let end = override.until, end <= now else { continue }
      overdue.add(seconds(now) - seconds(end), ("pipeline", name.text))
    }
    return overdue
  }

  private var missedSlots: MetricFamily {
    var missed = MetricFamily(
      "pipectl_schedule_missed_total", .counter, "Slots that passed without a run, by the reason.")
    for (slot, count) in known.missedSlots.sorted(by: { $0.key < $1.key }) {
      missed.add(count, ("pipeline", slot.pipeline.text), ("reason", slot.reason))
    }
    return missed
  }

  private var runs: [MetricFamily] {
    var active = MetricFamily("pipectl_runs_active", .gauge, "Runs that are under way, by engine.")
    let engines = Set(managed.map(\.1.engine) + book.active.values.map(\.engine))
    for engine in engines.sorted() {
      active.add(book.active.values.count(where: { $0.engine == engine }), ("backend", engine.text))
    }
    var total = MetricFamily(
      "pipectl_runs_total", .counter, "Runs that ended since the controller started, by result and by what caused them."
    )
    var records = MetricFamily(
      "pipectl_stream_records_total", .counter,
      "Records of all streams of runs that ended since the controller started.")
    var bytes = MetricFamily(
      "pipectl_stream_bytes_total", .counter, "Bytes of all streams of runs that ended since the controller started.")
    var success = MetricFamily(
      "pipectl_run_last_success_timestamp_seconds", .gauge, "When a run last ended well, in seconds since 1970.")
    for (name, pipeline) in managed {
      for (end, count) in pipeline.ends.sorted(by: { $0.key < $1.key }) {
        total.add(count, ("pipeline", name.text), ("result", end.result), ("trigger", end.trigger))
      }
      if let count = pipeline.records { records.add(Double(count), ("pipeline", name.text)) }
      if let count = pipeline.bytes { bytes.add(Double(count), ("pipeline", name.text)) }
      if let instant = pipeline.lastSuccess { success.add(seconds(instant), ("pipeline", name.text)) }
    }
    var duration = MetricFamily("pipectl_run_duration_seconds", .histogram, "How long runs took, by result.")
    for (result, histogram) in book.durations.sorted(by: { $0.key < $1.key }) {
      duration.add(histogram, ("result", result))
    }
    return [active, total, duration, success, records, bytes]
  }

  private var cancels: [MetricFamily] {
    var total = MetricFamily("pipectl_cancel_total", .counter, "Runs that were cancelled and have ended, by how.")
    for (outcome, count) in book.cancels.sorted(by: { $0.key < $1.key }) { total.add(count, ("outcome", outcome)) }
    var duration = MetricFamily(
      "pipectl_cancel_duration_seconds", .histogram, "From the cancel that reached a run to its end.")
    if book.cancelDurations.count > 0 { duration.add(book.cancelDurations) }
    var unconfirmed = MetricFamily(
      "pipectl_cancel_unconfirmed", .gauge, "Runs whose end is not proven; nothing starts in their place.")
    unconfirmed.add(book.active.values.count(where: { if case .unconfirmed = $0.status { true } else { false } }))
    return [total, duration, unconfirmed]
  }

  private var trouble: [MetricFamily] {
    var ambiguous = MetricFamily(
      "pipectl_operations_ambiguous_total", .counter, "Operations whose answer was not clear, and was read back.")
    for (engine, count) in known.ambiguous.sorted(by: { $0.key < $1.key }) {
      ambiguous.add(count, ("backend", engine.text))
    }
    var up = MetricFamily("pipectl_backend_up", .gauge, "Whether an engine answered when it was observed last.")
    for (engine, answers) in known.engines.sorted(by: { $0.key < $1.key }) {
      up.add(answers ? 1 : 0, ("backend", engine.text))
    }
    var requests = MetricFamily(
      "pipectl_backend_requests_total", .counter, "Operations that engines were given, by what they answered.")
    for (call, count) in known.calls.sorted(by: { $0.key < $1.key }) {
      requests.add(count, ("backend", call.engine.text), ("request", call.verb), ("code", call.code))
    }
    return [ambiguous, up, requests] + leaks
  }

  /// What went wrong without anybody's order.
  private var leaks: [MetricFamily] {
    var orphans = MetricFamily(
      "pipectl_orphans_found_total", .counter, "Runs of which processes were found that nobody looked after any more.")
    for kind in ["left-behind", "supervisor-gone"] { orphans.add(known.orphans[kind] ?? 0, ("kind", kind)) }
    var secrets = MetricFamily(
      "pipectl_secret_resolve_failures_total", .counter, "Runs that failed because a secret could not be had.")
    secrets.add(book.secretFailures)
    var logs = MetricFamily(
      "pipectl_log_bytes_dropped_total", .counter,
      "Bytes that logs of ended runs leave out, having reached their bound.")
    logs.add(Double(book.logBytesLeftOut))
    var jumps = MetricFamily(
      "pipectl_clock_jump_total", .counter, "How often the time of day jumped, or the machine slept.")
    for way in ["backward", "forward"] { jumps.add(known.clockJumps[way] ?? 0, ("direction", way)) }
    return [orphans, secrets, logs, jumps]
  }

  private func seconds(_ instant: Timestamp) -> Double { Double(instant.milliseconds) / 1000 }
}
