#!/usr/bin/env python3
"""Finds what a reviewer should never have to: tests that do not run, sleeps, notes left behind, files grown too long.

usage: scripts/check-hygiene.py [PACKAGE-FOLDER]

A poll is allowed where the system gives no event: put a comment `poll: why` on the line of the sleep or the one above.
One line per finding, `file:line: error: what`; exit 1 if there is any; the number of tests otherwise.
"""

import os
import pathlib
import re
import sys

from swift_source import code_of, finish, line_at

LONGEST_FILE = 400
SKIPPED_FOLDERS = {".git", ".build", ".pipectl", "__pycache__", "node_modules"}
# These speak of what they look for.
CHECKERS = {"scripts/check-hygiene.py", "scripts/check-imports.py", "scripts/test-checks.sh"}

SLEEP = re.compile(r"\b(?:sleep|usleep|nanosleep)\s*\(|\bTask\s*\.\s*sleep\b|\bThread\s*\.\s*sleep\b")
FUNCTION = re.compile(r"\bfunc\s+(?P<name>`[^`]*`|\w+)")
TEST = re.compile(r"@Test\b")
NOTE = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
HOME = re.compile(r"(?<![\w.$}-])/(?:root/|work/|(?:home|Users)/(?!user\b|you\b)\w)")


def files_of(root):
    """Every file of the project, sorted, as (path from the root, path)."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = pathlib.Path(folder) / name
            if name not in SKIPPED_FOLDERS and path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def without_groups(text):
    """The text with everything in parentheses taken out."""
    kept, depth = [], 0
    for character in text:
        depth += character == "("
        if depth == 0:
            kept.append(character)
        depth -= character == ")"
    return "".join(kept)


def is_marked(code, start):
    """Whether `@Test`, with its arguments, other attributes and modifiers, stands right before the function at `start`."""
    mark = code.rfind("@Test", 0, start)
    return mark >= 0 and re.fullmatch(r"[\s@\w.]*", without_groups(code[mark:start])) is not None


def check_tests(place, text, code, findings):
    lines = text.split("\n")
    for found in FUNCTION.finditer(code):
        looks_like_test = found["name"].startswith("`") or re.match(r"test(?:[A-Z_0-9]|$)", found["name"])
        if looks_like_test and not is_marked(code, found.start()):
            name = text[found.start("name") : found.end("name")]
            findings.append((place, line_at(code, found.start()), f"{name} looks like a test but has no @Test: it never runs"))
    for found in SLEEP.finditer(code):
        line = line_at(code, found.start())
        if not any("poll:" in above for above in lines[max(0, line - 2) : line]):
            findings.append((place, line, "a test must wait for an event, not sleep (or say `// poll: why there is no event`)"))
    return len(TEST.findall(code))


def check_text(place, text, findings):
    for number, line in enumerate(text.split("\n"), start=1):
        if note := NOTE.search(line):
            findings.append((place, number, f"{note.group()}: do it, or open an issue"))
        if HOME.search(line):
            findings.append((place, number, "a path of somebody's machine"))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    findings, tests, count = [], 0, 0
    for place, path in files_of(root):
        data = path.read_bytes()
        if b"\0" in data:
            continue
        text = data.decode("utf-8", errors="replace")
        count += 1
        if place not in CHECKERS:
            check_text(place, text, findings)
        if not place.endswith(".swift"):
            continue
        if place.startswith("Tests/"):
            tests += check_tests(place, text, code_of(text), findings)
        elif place.startswith(("Sources/", "Benchmarks/")) and text.count("\n") > LONGEST_FILE:
            findings.append((place, LONGEST_FILE + 1, f"{text.count(chr(10))} lines; a file has at most {LONGEST_FILE}, one type each"))
    finish("hygiene", findings, f"{count} files, {tests} tests declared")


main()
