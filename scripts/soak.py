#!/usr/bin/env python3
"""Runs a real controller under a kill loop, and then checks the history: every slot has one outcome, no run is doubled, none is lost.

In the manner of Jepsen's analysis of Chronos: what the schedules promise is matched with what is recorded, and both with what the jobs themselves
wrote down. At random moments (a seed names them) the controller, supervisors, jobs and commands are killed, and the controller is started
anew. Half of the time the controller watches a folder; the other half it follows a git repository, into which requests, mistakes and reverts
are committed meanwhile. Exits with 1, and keeps its folder, where something does not match.
"""

import argparse
import collections
import contextlib
import copy
import datetime
import json
import math
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

# name: seconds between slots, longest job in seconds, the rest of the specification.
PIPELINES = {
    "plain": (2, 1, "missed: skip, overlap: skip", ""),
    "skipping": (3, 7, "missed: skip, overlap: skip", ""),
    "queued": (3, 5, "missed: run-once, overlap: queue", ""),
    "cancelling": (4, 7, "missed: skip, overlap: cancel-running", ""),
    "caught-up": (3, 2, "missed: {runAll: 5}, overlap: skip", ""),
    "retried": (5, 3, "missed: run-once, overlap: skip", "  retry: {attempts: 3, backoff: 1s}\n"),
    "asked": (6, 4, "missed: skip, overlap: queue", ""),
}

# What became of a slot, as it is recorded.
Slot = collections.namedtuple("Slot", "outcome reason run decided")

# A request that somebody made: whether it must be on record.
Asked = collections.namedtuple("Asked", "words certain")

# A run's end is written down by its supervisor, and seen by the controller a little later.
UNSEEN = 90

JOB = """#!/bin/sh
# The lock is held by everything that the job starts: two jobs of one pipeline at once are noticed, whatever became of their parents.
what="$PIPECTL_RUN_ID $PIPECTL_ATTEMPT ${PIPECTL_SLOT:--}"
exec 9>"$1/locks/$PIPECTL_PIPELINE"
flock -n 9 || echo "overlap $what" >>"$1/marks"
echo "begin $what" >>"$1/marks"
sleep "$((${PIPECTL_RUN_ID##*.} % $2)).3"
echo "end $what" >>"$1/marks"
"""


class Folder:
    """Manifests in a folder, which is watched."""

    name = "a folder"

    def __init__(self, base):
        self.path = base / "manifests"
        self.path.mkdir()

    def options(self):
        return ["--manifests", self.path]

    def write(self, manifests):
        for name, text in manifests.items():
            draft = self.path / f".{name}"
            draft.write_text(text)
            draft.rename(self.path / f"{name}.yaml")

    def requests(self, commits):
        return {}


class Repository:
    """Manifests in a bare repository, which is followed over file://, and a clone in which somebody works on it."""

    name = "a git repository"

    def __init__(self, base):
        self.bare, self.work = base / "shop.git", base / "work"
        # Of each commit: what its manifests ask for.
        self.wishes = {}
        self.git("init", "--quiet", "--bare", "--initial-branch=main", self.bare)
        self.git("clone", "--quiet", self.bare, self.work)
        self.here("checkout", "--quiet", "-B", "main")
        (self.work / "pipelines").mkdir()

    def options(self):
        return ["--git", f"file://{self.bare}", "--ref", "main", "--path", "pipelines", "--interval", "1s"]

    def write(self, manifests):
        for name, text in manifests.items():
            (self.work / "pipelines" / f"{name}.yaml").write_text(text)
        mistake = self.work / "pipelines" / "mistake.yaml"
        if "mistake" not in manifests:
            mistake.unlink(missing_ok=True)
        self.here("add", "--all")
        self.here("commit", "--quiet", "--message", "Change " + ", ".join(manifests))
        self.push()

    def revert(self):
        if len(self.wishes) > 1:
            self.here("revert", "--no-edit", "HEAD")
            self.push()

    def push(self):
        self.here("push", "--quiet", "origin", "main")
        files = (self.work / "pipelines").glob("*.yaml")
        found = {file.stem: re.search(r"request: (commit-\d+)", file.read_text()) for file in files}
        commit = self.here("rev-parse", "HEAD").strip()
        self.wishes[commit] = {(name, request[1]) for name, request in found.items() if request}

    def here(self, *words):
        return self.git("-C", self.work, *words)

    def git(self, *words):
        who = {f"GIT_{role}_{what}": "ann@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
        return subprocess.run(["git", *words], check=True, capture_output=True, text=True, env=environment).stdout

    def requests(self, commits):
        """What commits ask for that were read and not rejected: these requests must be on record."""
        good = [commit["commit"] for commit in commits if commit["result"] != "Rejected"]
        return {key: Asked([], True) for commit in good for key in self.wishes.get(commit, ())}


class Soak:
    def __init__(self, options, source):
        self.options = options
        self.random = random.Random(f"{options.seed} {source.name}")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pipectl-soak-"))
        self.state = self.folder / "state"
        self.source = source(self.folder)
        self.log = open(self.folder / "log", "a")
        self.controller = None
        self.kills = collections.Counter()
        # Runs whose supervisor, or whose job, was killed by us.
        self.struck = set()
        self.asked = {}
        # What the ledger says of each request: whether it has its result.
        self.ledger = {}
        self.commits = 0
        self.slots = {name: {} for name in PIPELINES}
        self.runs = {}
        self.faults = []

    # What it is made of

    def manifest(self, name, scheduled=True, job=""):
        every, longest, schedule, more = PIPELINES[name]
        slots = f"{{every: {every}s, {schedule}}}" if scheduled else "null"
        return (
            f"apiVersion: pipectl.dev/v1\nkind: Pipeline\nmetadata: {{name: {name}}}\nspec:\n"
            f'  command: {{argv: ["{self.folder}/job", "{self.folder}", "{longest}"]}}\n'
            f"  limits: {{cancelGrace: 5s}}\n{more}{job}  schedule: {slots}\n"
        )

    def write_manifests(self, scheduled):
        self.source.write({name: self.manifest(name, scheduled) for name in PIPELINES})

    def prepare(self):
        (self.folder / "locks").mkdir()
        (self.folder / "job").write_text(JOB)
        (self.folder / "job").chmod(0o755)
        self.write_manifests(scheduled=True)

    def start(self):
        command = [self.options.pipectl, "serve", "--state", self.state, *self.source.options()]
        self.controller = subprocess.Popen(
            [*command, "--log-format", "json"], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd=self.folder
        )
        self.note(f"the controller is {self.controller.pid}")

    def note(self, words):
        """Our own acts stand in the controller's log, where they can be told from its own."""
        message = {"time": datetime.datetime.now(datetime.timezone.utc).isoformat(), "level": "soak", "message": words}
        self.log.write(json.dumps(message) + "\n")
        self.log.flush()

    def stop(self, number):
        self.note(f"{signal.Signals(number).name} to the controller {self.controller.pid}")
        self.controller.send_signal(number)
        status = self.controller.wait()
        # Before it hears signals, they end it as they end anything.
        if status not in (0, -number, -signal.SIGHUP):
            self.faults.append(f"a controller that was told to end did so with {status}")
        self.controller = None

    def look_after_controller(self):
        if (status := self.controller.poll()) is not None:
            if status != -signal.SIGHUP:
                self.note(f"the controller {self.controller.pid} has ended with {status}")
                self.faults.append(f"the controller {self.controller.pid} ended by itself, with {status}")
            self.start()

    def pipectl(self, *arguments):
        return [self.options.pipectl, *arguments, "--state", self.state]

    def ask(self, *arguments):
        return subprocess.run(self.pipectl(*arguments), capture_output=True, text=True, cwd=self.folder)

    # What goes wrong

    def processes(self):
        """Supervisors and jobs: which run each of them is of."""
        supervisors, jobs = [], []
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                words = pathlib.Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace").split("\0")
                variables = pathlib.Path(f"/proc/{entry}/environ").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            directory = next((v for v in variables if v.startswith(f"PIPECTL_RUN_DIRECTORY={self.state}")), None)
            if directory:
                jobs.append((int(entry), pathlib.Path(directory).name))
            elif "supervise" in words[:3]:
                run = next((pathlib.Path(w).name for w in words if w.startswith(str(self.state / "runs"))), None)
                if run:
                    supervisors.append((int(entry), run))
        return supervisors, jobs

    def strike(self, victims, what):
        if not victims:
            return
        pid, run = self.random.choice(victims)
        self.struck.add(run)
        try:
            os.kill(pid, signal.SIGKILL)
            self.kills[what] += 1
        except ProcessLookupError:
            pass

    def command(self, is_spared=False):
        """A command that somebody types, and that is killed now and then."""
        name = self.random.choice(["asked", "queued", "retried"])
        number = len(self.asked)
        if self.random.random() < 0.3:
            words = ["stop", name, "--yes", "--no-wait", "--request", f"stop-{number}"]
        else:
            how = self.random.choice(["reject", "wait"])
            words = ["start", name, "--no-wait", "--request", f"start-{number}", "--if-running", how]
        with open(self.folder / "said", "w+") as errors:
            process = subprocess.Popen(
                self.pipectl(*words), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=self.folder
            )
            if not is_spared and self.random.random() < 0.4:
                time.sleep(self.random.random() * 0.4)
                process.kill()
                self.kills["command"] += 1
            process.wait()
            errors.seek(0)
            said = errors.read().strip()
        self.note(f"{' '.join(words)} ended with {process.returncode}: {said}")
        # One that was killed may have recorded its request, or not; one that fails says that it has not.
        is_certain = process.returncode == 0 or "refused" in said
        self.asked[(name, words[words.index("--request") + 1])] = Asked(words, is_certain)

    def commit(self):
        """Somebody commits a request, a mistake, or takes the latest commit back."""
        choice, self.commits = self.random.random(), self.commits + 1
        if choice < 0.25:
            self.source.revert()
        elif choice < 0.4:
            self.source.write({"mistake": f"kind: Pipelin  # {self.commits}\n"})
        else:
            name = self.random.choice(["asked", "queued", "retried"])
            what = self.random.choice(["start, ifRunning: wait", "start, ifRunning: reject", "start, ifRunning: replace", "cancel"])
            job = f"  job: {{request: commit-{self.commits}, action: {what}}}\n"
            self.source.write({name: self.manifest(name, job=job)})

    def trouble(self):
        choice = self.random.random()
        if isinstance(self.source, Repository) and self.random.random() < 0.3:
            return self.commit()
        if choice < 0.35:
            self.stop(signal.SIGKILL)
            self.kills["controller"] += 1
            time.sleep(self.random.choice([0, 0, 0.5, 2, 7]) * self.random.random())
            self.start()
        elif choice < 0.42:
            self.stop(signal.SIGTERM)
            self.kills["controller, told"] += 1
            self.start()
        elif choice < 0.57:
            self.strike(self.processes()[0], "supervisor")
        elif choice < 0.72:
            self.strike(self.processes()[1], "job")
        elif choice < 0.92:
            self.command()
        else:
            self.controller.send_signal(signal.SIGHUP)
            self.kills["SIGHUP"] += 1

    # What is recorded

    def read(self):
        """Takes the records in; an outcome that is there once must never be another one later."""
        for name in PIPELINES:
            answer = self.ask("history", name, "--slots", "--limit", "2000", "-o", "json")
            if answer.returncode != 0:
                self.faults.append(f"history {name}: exit {answer.returncode}: {answer.stderr.strip()}")
                continue
            document = json.loads(answer.stdout)
            for slot in document["slots"]:
                outcome = Slot(slot["outcome"], slot.get("reason"), slot.get("run"), moment(slot["decidedAt"]))
                before = self.slots[name].setdefault(slot["at"], outcome)
                if before != outcome:
                    self.faults.append(f"{name}: slot {slot['at']} was {before}, and is {outcome} now")
            for run in document["runs"]:
                before = self.runs.get(run["metadata"]["name"])
                if before and before["status"].get("outcome") not in (None, run["status"].get("outcome")):
                    # A lost or failed attempt may be followed by another one.
                    if run["status"]["attempt"] == before["status"]["attempt"]:
                        self.faults.append(f"{run['metadata']['name']} had ended otherwise before: {before['status']}")
                self.runs[run["metadata"]["name"]] = run

    def pipelines(self):
        answer = self.ask("get", "-o", "json")
        return json.loads(answer.stdout)["items"] if answer.returncode == 0 else []

    def wait_for(self, what, holds):
        deadline = time.monotonic() + 180
        while not holds():
            if time.monotonic() > deadline:
                raise SystemExit(f"soak: waited in vain: {what}; see {self.folder}")
            time.sleep(0.1)

    # From beginning to end

    def run(self):
        self.prepare()
        self.start()
        self.wait_for("all pipelines are applied", lambda: len(self.pipelines()) == len(PIPELINES))
        begin = time.time()
        next_read = begin + 10
        self.command(is_spared=True)
        while time.time() < begin + self.options.seconds:
            time.sleep(self.random.expovariate(1 / self.options.pause))
            self.look_after_controller()
            self.trouble()
            if time.time() > next_read:
                self.read()
                next_read = time.time() + 10
        self.look_after_controller()
        end = time.time()
        self.write_manifests(scheduled=False)
        self.wait_for("no pipeline has a schedule", lambda: self.is_quiet())
        self.read()
        self.read_ledger()
        self.stop(signal.SIGTERM)
        marks = [line.split() for line in (self.folder / "marks").read_text().splitlines()]
        found = self.found(begin, end, self.slots, self.runs, marks, self.ledger)
        self.faults += found + self.unnoticed(begin, end, marks, len(found))
        self.check_log()
        return self.report(end - begin)

    def is_quiet(self):
        items = self.pipelines()
        return not any(is_settled == 0 for _, _, is_settled in self.ledger_rows()) and len(items) == len(PIPELINES) and all(
            not item["spec"].get("schedule")
            and not item["status"].get("activeRun")
            and not (item["status"].get("schedule") or {}).get("waiting")
            for item in items
        )

    def ledger_rows(self):
        """All requests, from the memory itself: the commands show the latest ones."""
        with contextlib.closing(sqlite3.connect(f"file:{self.state}/store.sqlite?mode=ro", uri=True, timeout=60)) as memory:
            return memory.execute("SELECT pipeline, request, settled FROM requests").fetchall()

    def read_ledger(self):
        self.ledger = {(name, request): is_settled == 1 for name, request, is_settled in self.ledger_rows()}
        commits = self.ask("commits", "--limit", "1000", "-o", "json")
        self.asked |= self.source.requests(json.loads(commits.stdout)["items"])

    # What must hold

    def found(self, begin, end, slots, runs, marks, ledger):
        """What is wrong with these records."""
        own = self.slots, self.runs, self.ledger, self.faults
        self.slots, self.runs, self.ledger, self.faults = slots, runs, ledger, []
        self.check_slots(begin, end)
        self.check_reasons(end)
        self.check_runs()
        self.check_marks(marks)
        self.check_requests()
        found = self.faults
        self.slots, self.runs, self.ledger, self.faults = own
        return found

    def unnoticed(self, begin, end, marks, before):
        """A check that cannot fail is worth nothing: records that are falsified have to be found wrong."""

        def forget_slot(slots, runs, marks, ledger):
            slots["plain"].pop(sorted(slots["plain"])[len(slots["plain"]) // 2])

        def forget_run(slots, runs, marks, ledger):
            runs.pop(next(run for word, run, *_ in marks if word == "end"))

        def double_run(slots, runs, marks, ledger):
            marks.append(next(mark for mark in marks if mark[0] == "begin"))

        def lose_job(slots, runs, marks, ledger):
            marks[:] = [mark for mark in marks if mark[0] != "end"]

        def lose_run(slots, runs, marks, ledger):
            run = next(run for name, run in runs.items() if name not in self.struck)
            run["status"]["outcome"] = "lost"

        def share_run(slots, runs, marks, ledger):
            ran = [at for at, slot in slots["plain"].items() if slot.outcome == "ran"]
            slots["plain"][ran[0]] = slots["plain"][ran[1]]

        def blame_pause(slots, runs, marks, ledger):
            at = next(at for at, slot in slots["skipping"].items() if slot.outcome == "skipped")
            slots["skipping"][at] = slots["skipping"][at]._replace(reason="paused")

        def blame_other(slots, runs, marks, ledger):
            at = next(at for at, slot in slots["skipping"].items() if slot.reason == "overlap")
            slots["skipping"][at] = slots["skipping"][at]._replace(run=next(run for run in runs if run.startswith("plain.")))

        def forget_request(slots, runs, marks, ledger):
            ledger.pop(next(key for key, asked in self.asked.items() if asked.certain and key in ledger))

        def leave_request(slots, runs, marks, ledger):
            ledger[next(iter(ledger))] = False

        def invent_request(slots, runs, marks, ledger):
            ledger["asked", "nobody's"] = True

        unnoticed = []
        falsifications = (
            forget_slot, forget_run, double_run, lose_job, lose_run, share_run, blame_pause, blame_other, forget_request,
            leave_request, invent_request,
        )
        for falsify in falsifications:
            records = copy.deepcopy((self.slots, self.runs, marks, self.ledger))
            try:
                falsify(*records)
            except (StopIteration, IndexError):
                self.note(f"there is nothing to falsify for {falsify.__name__}")
                continue
            if len(self.found(begin, end, *records)) <= before:
                unnoticed.append(f"the check did not notice it: {falsify.__name__}")
        return unnoticed

    def check_log(self):
        for line in (self.folder / "log").read_text().splitlines():
            if '"level":"error"' in line and not self.is_mistake(line) or not line.startswith("{"):
                self.faults.append(f"the controller said: {line}")

    def is_mistake(self, line):
        """Whether the controller says that a commit is rejected, where somebody commits mistakes."""
        return isinstance(self.source, Repository) and re.search(r"rejected: pipelines/mistake|\(Rejected\)", line)

    def check_slots(self, begin, end):
        for name, (every, *_) in PIPELINES.items():
            known = {seconds(at): outcome for at, outcome in self.slots[name].items()}
            first = (int(begin) // every + 1) * every
            for instant in range(first, int(end) + 1, every):
                if instant < end and instant not in known:
                    self.faults.append(f"{name}: slot {instant} has no outcome")
            for instant in known:
                if instant % every:
                    self.faults.append(f"{name}: {instant} is no slot")
            runs = [slot.run for slot in known.values() if slot.run and slot.outcome == "ran"]
            for run, count in collections.Counter(runs).items():
                if count > 1:
                    self.faults.append(f"{count} slots say that they ran as {run}")
            for at, slot in self.slots[name].items():
                if slot.outcome == "ran" and slot_of(self.runs.get(slot.run)) != at:
                    self.faults.append(f"{name}: slot {at} ran as {slot.run}, which is of {slot_of(self.runs.get(slot.run))}")

    def check_reasons(self, end):
        """Whether a slot that did not run says why, and that is so."""
        for name, known in self.slots.items():
            for at, slot in known.items():
                if slot.outcome != "ran" and not self.is_true(name, moment(at), slot, end):
                    self.faults.append(f"{name}: slot {at} says {slot}, and that is not so")

    def is_true(self, name, at, slot, end):
        every, _, schedule, _ = PIPELINES[name]
        match slot.outcome, slot.reason:
            case "cancelled", None:
                run = self.run_of(name, slot)
                return run and run["status"].get("outcome") == "cancelled"
            case "missed", "deadline-passed":
                return slot.decided > at + 3600
            case "skipped", "policy":
                return "missed: skip" in schedule and slot.decided > at + 60
            case "skipped", "superseded":
                return slot.decided >= at + every
            case "skipped", "unscheduled":
                return slot.decided >= end
            case "skipped", "overlap" if slot.run:
                run = self.run_of(name, slot)
                return run and moment(run["metadata"]["orderedAt"]) <= slot.decided and self.ended(run) + UNSEEN > at
            case "skipped", "overlap":
                waiting = [earlier.decided for other, earlier in self.slots[name].items() if moment(other) < at]
                return any(decided >= slot.decided for decided in waiting)
            case _:
                return False  # nobody pauses anything here

    def run_of(self, name, slot):
        run = self.runs.get(slot.run)
        return run if run and run["metadata"]["pipeline"] == name else None

    def ended(self, run):
        end = run["status"].get("endedAt")
        return moment(end) if end else math.inf

    def check_runs(self):
        for name, run in self.runs.items():
            outcome, at = run["status"].get("outcome"), slot_of(run)
            if outcome is None:
                self.faults.append(f"{name} has no end")
            if outcome == "lost" and name not in self.struck:
                self.faults.append(f"{name} is lost, and nobody killed anything of it")
            if outcome == "failed" and name not in self.struck:
                self.faults.append(f"{name} failed, and nobody killed anything of it: {run['status']}")
            slot = self.slots[run["metadata"]["pipeline"]].get(at)
            if at and (not slot or (slot.outcome, slot.run) != ("ran", name)):
                self.faults.append(f"{name} is of slot {at}, which says {slot}")

    def check_marks(self, marks):
        begun = collections.Counter((run, attempt) for word, run, attempt, _ in marks if word == "begin")
        for (run, attempt), count in begun.items():
            if count > 1:
                self.faults.append(f"{run}, attempt {attempt}, was begun {count} times")
            if run not in self.runs:
                self.faults.append(f"{run} has run, and nothing is recorded of it")
        ended = {run for word, run, *_ in marks if word == "end"}
        for word, run, _, at in marks:
            if word == "overlap":
                self.faults.append(f"{run} began beside another job of its pipeline")
            if at != "-" and slot_of(self.runs.get(run)) != at:
                self.faults.append(f"{run} was told slot {at}, and {slot_of(self.runs.get(run))} is recorded")
        for name, run in self.runs.items():
            if run["status"].get("outcome") == "succeeded" and name not in ended:
                self.faults.append(f"{name} succeeded, and its job did not end")

    def check_requests(self):
        """Whether each request that was made has exactly one result, and no other one has any."""
        by_request = collections.Counter()
        for run in self.runs.values():
            if request := run["spec"]["trigger"].get("request"):
                by_request[(run["metadata"]["pipeline"], request)] += 1
        for (name, request), count in by_request.items():
            if count > 1:
                self.faults.append(f"request {request} of {name} made {count} runs")
            if (name, request) not in self.ledger:
                self.faults.append(f"request {request} of {name} made a run, and is not in the ledger")
        for (name, request), asked in self.asked.items():
            if asked.certain and (name, request) not in self.ledger:
                self.faults.append(f"request {request} of {name} was made, and is not in the ledger")
        for (name, request), is_settled in self.ledger.items():
            if not is_settled:
                self.faults.append(f"request {request} of {name} has no result")
            if (name, request) not in self.asked:
                self.faults.append(f"request {request} of {name} was never made")

    def report(self, took):
        outcomes = collections.Counter(run["status"].get("outcome") for run in self.runs.values())
        slots = collections.Counter(slot.reason or slot.outcome for known in self.slots.values() for slot in known.values())
        print(f"soak: {took:.0f} s with {self.source.name}, seed {self.options.seed}")
        print("  killed:  " + counts(self.kills))
        print(f"  slots:   {sum(slots.values())} ({counts(slots)})")
        print(f"  runs:    {sum(outcomes.values())} ({counts(outcomes)}), {len(self.ledger)} requests, {self.commits} commits")
        for fault in self.faults[:50]:
            print(f"  WRONG:   {fault}")
        if self.faults:
            print(f"soak: {len(self.faults)} faults; what is recorded is in {self.folder}", file=sys.stderr)
            return 1
        print("  every slot has one outcome, and a true one; every request has one result; no run is doubled, none is lost")
        shutil.rmtree(self.folder)
        return 0


def counts(counter):
    return ", ".join(f"{count} {word}" for word, count in counter.most_common()) or "none"


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def seconds(text):
    return int(moment(text))


def slot_of(run):
    return run and run["spec"]["trigger"].get("slot")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pipectl", required=True, type=os.path.abspath, help="the program")
    parser.add_argument("--seconds", type=int, default=600, help="how long altogether (default: 600)")
    parser.add_argument("--seed", type=int, default=None, help="which moments (default: another one each time)")
    parser.add_argument("--pause", type=float, default=0.8, help="seconds between two troubles, on average (default: 0.8)")
    options = parser.parse_args()
    options.seed = random.randrange(1 << 32) if options.seed is None else options.seed
    options.seconds /= 2
    return max([soak(options, Folder), soak(options, Repository)])


def soak(options, source):
    soak = Soak(options, source)
    try:
        return soak.run()
    finally:
        if soak.controller:
            soak.stop(signal.SIGKILL)


sys.exit(main())
