#!/usr/bin/env python3
"""Checks that every law has a test that names it, and that the tests which the pages of docs/ name are there.

usage: scripts/check-laws.py [PACKAGE-FOLDER]

A law of docs/laws.md (`7. **What could not be read …**`) has tests called `law 7: …`, and says one of them. A page names a test as
`SomeTests`: "a sentence", "another one"; the sentence may be the beginning of a longer name. One line per finding; exit 1 if there is any; the number of laws otherwise.
"""

import pathlib
import re
import sys

from swift_source import finish

LAW = re.compile(r"^(\d+)\. \*\*", re.MULTILINE)
SUITE = re.compile(r"\b(?:struct|class|enum|extension)\s+(\w+Tests)\b")
TEST = re.compile(r"\bfunc\s+`([^`]+)`")
NAMED = re.compile(r'`(\w+Tests)`: ((?:"[^"]+"(?:, (?:and )?)?)+)')


def tests_of(root):
    """The names of the tests of each suite, those of its extensions too."""
    suites = {}
    for path in sorted((root / "Tests").rglob("*.swift")):
        text = path.read_text()
        for suite in SUITE.findall(text):
            suites.setdefault(suite, set()).update(TEST.findall(text))
    return suites


def check_page(place, text, suites):
    """What the page says of tests that are not there."""
    for suite, sentences in NAMED.findall(re.sub(r"\s+", " ", text)):
        if suite not in suites:
            yield place, 0, f"there is no suite {suite}"
            continue
        for sentence in re.findall(r'"([^"]+)"', sentences):
            if not any(name.startswith(sentence) for name in suites[suite]):
                yield place, 0, f"{suite} has no test “{sentence}”"


def check_laws(text, suites):
    """What is missing of the laws: a test that bears the number, and its name on the page."""
    parts = LAW.split(text)[1:]
    for number, words in zip(parts[::2], parts[1::2]):
        names = {name for tests in suites.values() for name in tests if name.startswith(f"law {number}: ")}
        if not names:
            yield "docs/laws.md", 0, f"no test is called “law {number}: …”"
        elif f'"law {number}: ' not in words:
            yield "docs/laws.md", 0, f"law {number} names none of its tests: {', '.join(sorted(names))}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    suites = tests_of(root)
    findings = list(check_laws((root / "docs/laws.md").read_text(), suites))
    for page in sorted((root / "docs").rglob("*.md")):
        findings += check_page(page.relative_to(root).as_posix(), page.read_text(), suites)
    laws = len(LAW.findall((root / "docs/laws.md").read_text()))
    finish("laws", findings, f"{laws}, each with a test that names it")


main()
