#!/usr/bin/env python3
"""Runs `swift test` with the arguments given, and ends with what a reader needs: which tests failed and why, and which never ended.

Lines that only say that a test began are left out. Its exit status is that of `swift test`; 124 where PIPECTL_TEST_LIMIT seconds
(3000 where it is not set) were not enough.
"""

import os
import re
import signal
import subprocess
import sys
import threading

BEGAN = re.compile(r"^◇ Test (?!case passing )(?P<name>\S.*) started\.$")
ENDED = re.compile(r"^[✔✘➜] Test (?P<name>\S.*?) (?:with \d+ test cases? )?(?:passed|failed|skipped)")
ISSUE = re.compile(r"^✘ Test .* recorded an issue")
EVENTS = {"◇", "✔", "✘", "➜"}
CASE = re.compile(r"^◇ Test case passing")


class Watch:
    """What the lines so far tell."""

    def __init__(self):
        self.running = []
        self.issues = []
        self.follows_issue = False
        self.is_complete = False

    def take(self, line):
        """Returns whether a reader wants to see the line now."""
        self.follows_issue = bool(ISSUE.match(line)) or (self.follows_issue and line[:1] not in EVENTS)
        if self.follows_issue:
            self.issues.append(line)
        if began := BEGAN.match(line):
            self.running.append(began["name"])
        elif (ended := ENDED.match(line)) and ended["name"] in self.running:
            self.running.remove(ended["name"])
        self.is_complete |= "Test run with " in line
        return not line.startswith("◇") or not (began or CASE.match(line))

    def summary(self):
        for line in self.issues[:80]:
            yield line[:1500]
        if len(self.issues) > 80:
            yield f"and {len(self.issues) - 80} more lines"
        for name in [] if self.is_complete else self.running:
            yield f"never ended: {name}"


def main():
    limit = float(os.environ.get("PIPECTL_TEST_LIMIT", "3000"))
    command = ["swift", "test", *sys.argv[1:]]
    test = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True
    )
    overdue = threading.Event()

    def end():
        overdue.set()
        os.killpg(test.pid, signal.SIGKILL)

    timer = threading.Timer(limit, end)
    timer.start()
    watch = Watch()
    for line in test.stdout:
        if watch.take(line.rstrip("\n")):
            print(line, end="", flush=True)
    status = test.wait()
    timer.cancel()
    if status == 0:
        return 0
    print(f"\n==> what failed in: {' '.join(command)}", flush=True)
    for line in watch.summary():
        print(line)
    if overdue.is_set():
        print(f"ended after {limit:.0f} s, the limit that PIPECTL_TEST_LIMIT sets")
        return 124
    return status if status > 0 else 128 - status


sys.exit(main())
