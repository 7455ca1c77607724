import PipelineModel

extension EngineConduct.Liveness {
  var words: (String, String) {
    switch self {
    case .process: ("its processes", "The processes of the run on this machine.")
    case .jobList: ("the list of jobs", "The list of jobs, which has those that run.")
    case .endedJobsOnly:
      (
        "our start",
        "The answer to the start: only jobs that are over are listed, so in between it is believed and not seen."
      )
    }
  }
}

extension EngineConduct.StartWhilePaused {
  var words: (String, String) {
    switch self {
    case .allowed: ("yes", "It can, and the pause stays.")
    case .refused: ("no", "No: resume it first.")
    case .unknown: ("unknown", "That is not documented; it is tried, and a refusal is told.")
    }
  }
}

extension EngineConduct.LostStart {
  var words: (String, String) {
    switch self {
    case .sentAgain: ("yes", "It is: a run has a name of its own, and runs once however often it is asked for.")
    case .readBack:
      (
        "read back",
        "It is never repeated blindly: when an answer is lost the list of jobs is read, and a job that is found there is adopted."
      )
    case .askedOnceMore:
      (
        "for a minute",
        "Within a minute: a job that runs then is adopted. After that nothing starts until it is seen what became of the first one."
      )
    }
  }
}

extension EngineConduct.CancelProof {
  var words: (String, String) {
    switch self {
    case .processesGone: ("its processes are gone", "It is: `cancelled` means that its processes are gone.")
    case .jobState:
      (
        "the job says so",
        "It is: `cancelled` means that the job itself says so. Until then it is `unconfirmed`, and nothing starts."
      )
    case .endedJobs:
      (
        "it is listed as ended",
        "Afterwards, by the list of what has ended: `cancelled` is said of a job that is listed as terminated, or, after a stop that was taken, without any exit code. One that is not listed ten minutes after that is `unconfirmed`, and nothing starts; one that stays away is `lost` in the end, never `cancelled`."
      )
    }
  }
}

extension EngineConduct.AfterCancel {
  var words: (String, String) {
    switch self {
    case .goesOn: ("goes on", "It goes on from what was confirmed.")
    case .historyStartsAgain:
      ("goes on, history again", "It goes on from what was confirmed; a history that was cut starts again.")
    case .startsOver:
      (
        "starts over",
        "It does everything again; what the cancelled one wrote stays, unless the destination is dropped first."
      )
    }
  }
}

extension EngineConduct.Overrun {
  var words: (String, String) {
    switch self {
    case .asDeclared: ("as declared", "As `schedule.overlap` says; each scheduled time has its outcome recorded.")
    case .skippedAndShown: ("skipped", "The engine skips it, and shows that it did.")
    case .skippedUnseen: ("skipped", "The engine skips it without a trace.")
    }
  }
}

extension Capabilities.StopKey {
  var words: (String, String) {
    switch self {
    case .run: ("yes, by job", "It can; a cancel names the job, so repeating it hits no other.")
    case .unit:
      (
        "yes, whatever runs",
        "It can; a cancel names no job and ends whatever runs there, so it is looked right before, each time that one is sent. It ends a job that nothing shows too, of the engine's own schedule say."
      )
    }
  }
}

extension Capabilities.TailAfterStop {
  var words: (String, String) {
    switch self {
    case .none: ("nothing", "Nothing; what is written stays.")
    case .loadsContinue: ("loading", "What was extracted is still loaded, and the run is over when that is.")
    case .guardTasksFinish:
      ("guarding tasks", "Tasks that guard integrity, such as refreshing the schema, finish first.")
    case .drain: ("draining", "What the source has handed over is still loaded, and its last state is kept.")
    }
  }
}

extension Capabilities {
  /// Engines begin the jobs of their own schedules without asking.
  var concurrencyWords: (String, String) {
    switch (concurrency, scheduleOwner) {
    case (.perPipeline, .pipectl):
      ("one a pipeline", "One of a pipeline; of all together as many as `maxConcurrentRuns` says.")
    case (.perPipeline, .engine):
      (
        "one a pipeline",
        "One of a pipeline. pipectl starts one only while fewer than `maxConcurrentRuns` are known to be under way; jobs that the engine begins by itself heed no such bound."
      )
    case (.perEngine, _): ("one an engine", "One, whichever pipeline it is of; the others wait for their turn.")
    }
  }
}
