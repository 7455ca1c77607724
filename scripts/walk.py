#!/usr/bin/env python3
"""Plays the console blocks of docs/operating.md that lead from an empty repository to a job, a cancel and a revert, as a newcomer would.

Every command runs as it stands, in one shell and in an empty folder, and what the page shows below it must come, but for times. What a person
does there by hand is done here too: watching the log, and ending the last controller. Exits with 1 where the page does not tell what happens.
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HEADING = "### From an empty repository to a job, a cancel and a revert"
# Seconds.
PATIENCE = 120


class Shell:
    """One bash with job control, whose answers are read up to a mark."""

    def __init__(self, folder, environment):
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        self.run("set -m")

    def run(self, command):
        mark = f"walk-{time.monotonic_ns()}"
        self.process.stdin.write(f"{command}\nprintf '\\n%s %s\\n' {mark} $?\n")
        lines = []
        for line in self.process.stdout:
            if line.startswith(mark):
                return "".join(lines).strip(), int(line.split()[1])
            lines.append(line)
        raise SystemExit(f"walk: the shell ended after: {command}")


def steps(page):
    """The commands of the section, each with what is shown below it."""
    section = page.read_text().split(HEADING, 1)[1].split("\n### ", 1)[0]
    found = []
    for block in re.findall(r"```console\n(.*?)```", section, re.DOTALL):
        document_end = None
        for line in block.splitlines():
            if document_end:
                found[-1][0] += "\n" + line
                document_end = None if line == document_end else document_end
            elif line.startswith("$ "):
                found.append([line[2:], ""])
                opened = re.search(r"<<'(\w+)'$", line)
                document_end = opened.group(1) if opened else None
            else:
                found[-1][1] += line + "\n"
    return found


def shape(text):
    """What is the same on every day: times, durations and the width of columns are not."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text)
    text = re.sub(r"\b\d+(\.\d+)?(ms|s|m)\b( \d+s)?", "SPAN", text)
    return re.sub(r"[ \t]+", " ", text).strip()


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while True:
        last = condition()
        if last is True:
            return
        if time.monotonic() > end:
            raise SystemExit(f"walk: {what} did not come:\n{last}")
        time.sleep(0.2)  # poll: what a person would watch on the screen


def matches(shell, command, expected):
    """Whether the command shows what the page shows; else what it shows."""
    answer, _ = shell.run(command)
    return shape(answer) == shape(expected) or answer


def shows(log, line):
    """Whether the log has the line; else what it has. The shell makes the file only after it has gone on."""
    written = log.read_text() if log.exists() else "no log yet"
    return line in written or written


def play(shell, folder, port):
    for command, expected in steps(pathlib.Path(__file__).parents[1] / "docs/operating.md"):
        print(f"$ {command}")
        command = command.replace("9418", port).replace("git://127.0.0.1/", f"git://127.0.0.1:{port}/")
        if command.startswith("tail -f"):
            until(lambda: shows(folder / "serve.log", "applied: 1 operation"), command)
        elif command.startswith("sleep"):
            shown = command.split("; ", 1)[1]
            until(lambda: matches(shell, shown, expected), f"what the page shows after `{shown}`")
        elif "--state other" in command:
            shell.run(command + " 2> other.log &")
            history = "pipectl history orders --state other"
            until(lambda: "orders.1" in shell.run(history)[0] or "no run", "a run under the other controller")
            for line in ["kill $!", "wait $!", "pipectl stop orders --yes --state other"]:
                answer, status = shell.run(line)
                if status != 0:
                    raise SystemExit(f"walk: {line} ended with {status}:\n{answer}")
        else:
            answer, status = shell.run(command)
            if status != 0:
                raise SystemExit(f"walk: `{command}` ended with {status}:\n{answer}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pipectl", required=True, type=pathlib.Path)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pipectl-walk-"))
    path = folder / "bin"
    path.mkdir()
    (path / "pipectl").symlink_to(options.pipectl.resolve())
    workplace = folder / "workplace"
    workplace.mkdir()
    environment = {"PATH": f"{path}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    shell = Shell(workplace, environment)
    try:
        play(shell, workplace, port)
    finally:
        if shell.process.poll() is None:
            shell.run("pipectl stop orders --yes; kill $(jobs -p); wait")
            shell.process.stdin.close()
            shell.process.wait()
    shutil.rmtree(folder, ignore_errors=True)
    print("walk: the page tells what happens")


if __name__ == "__main__":
    sys.exit(main())
