#!/usr/bin/env python3
"""Writes a small state folder with a built pipectl, as SQL text for the tests that read what earlier versions wrote.

usage: scripts/record-state.py PIPECTL NAME

Run it with the pipectl that is to be remembered, when the shapes of what is stored have changed and a release is near. What it wrote for earlier
versions stays as it is: their users have such folders.
"""

import getpass
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

STORED = pathlib.Path(__file__).resolve().parent.parent / "Tests/PipectlCommandsTests/StoredStates"
GONE = """\
apiVersion: pipectl.dev/v1
kind: Pipeline
metadata: {name: gone}
spec:
  command: {argv: ["true"]}
"""


def record(pipectl, folder):
    def run(*arguments, expected=0):
        ended = subprocess.run([pipectl, *arguments], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if ended.returncode != expected:
            sys.exit(f"pipectl {' '.join(arguments)} ended with {ended.returncode}:\n{ended.stderr}")

    shutil.copytree(STORED / "files", folder, dirs_exist_ok=True)
    gone = folder / "pipelines/gone.yaml"
    gone.write_text(GONE)
    run("apply", "-f", "pipelines", expected=1)  # The report's first run fails, as it is meant to.
    gone.unlink()
    run("apply", "-f", "pipelines")
    run("start", "people", "--request", "first")
    run("stop", "people", "--request", "too-late")
    run("pause", "people", "--reason", "a new disk")


def dump(folder):
    with sqlite3.connect(folder / ".pipectl/store.sqlite") as database:
        text = "\n".join(database.iterdump()) + "\n"
    return text.replace(str(folder), "@FOLDER@").replace(f'"by":"{getpass.getuser()}"', '"by":"ada"')


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        record(str(pathlib.Path(sys.argv[1]).resolve()), folder)
        (STORED / f"{sys.argv[2]}.sql").write_text(dump(folder))


if __name__ == "__main__":
    main()
