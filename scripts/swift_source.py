"""Reading Swift sources for the checks: code without its comments and strings, line for line."""

import re
import sys

_TOKEN = re.compile(
    r"""
    (?P<line_comment>//[^\n]*)
  | (?P<open_comment>/\*)
  | (?P<raw_name>`[^`\n]*`)
  | (?P<open_string>\#*(?:\"\"\"|"))
    """,
    re.VERBOSE,
)


def blank(text):
    """The text with every character but its line breaks made a space."""
    return re.sub(r"[^\n]", " ", text)


def _end_of_comment(text, start):
    """The index behind a block comment, which may hold others, opened at `start`."""
    depth, index = 0, start
    for mark in re.compile(r"/\*|\*/").finditer(text, start):
        depth += 1 if mark.group() == "/*" else -1
        index = mark.end()
        if depth == 0:
            return index
    return len(text)


def _end_of_string(text, start, opening):
    """The index behind a string literal; what is interpolated into it counts as string."""
    hashes = len(opening) - len(opening.lstrip("#"))
    quotes, escape = opening[hashes:], "\\" + "#" * hashes
    index = start + len(opening)
    while index < len(text):
        if text.startswith(escape + "(", index):
            index = _end_of_interpolation(text, index + len(escape))
        elif text.startswith(escape, index):
            index += len(escape) + 1
        elif text.startswith(quotes + "#" * hashes, index):
            return index + len(quotes) + hashes
        elif text[index] == "\n" and quotes == '"':
            return index
        else:
            index += 1
    return len(text)


def _end_of_interpolation(text, start):
    """The index behind the parenthesis opened at `start`, strings inside it skipped."""
    depth, index = 0, start
    while index < len(text):
        opening = re.compile(r'#*(?:"""|")').match(text, index)
        if opening:
            index = _end_of_string(text, index, opening.group())
            continue
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        index += 1
        if depth == 0:
            return index
    return len(text)


def code_of(text):
    """The code of a Swift source: comments and strings blank, raw names kept as empty backticks, lines where they were."""
    out, index = [], 0
    for token in iter(lambda: _TOKEN.search(text, index), None):
        out.append(text[index : token.start()])
        if token.lastgroup == "open_comment":
            index = _end_of_comment(text, token.start())
        elif token.lastgroup == "open_string":
            index = _end_of_string(text, token.start(), token.group())
        else:
            index = token.end()
        span = text[token.start() : index]
        out.append("`" + " " * (len(span) - 2) + "`" if token.lastgroup == "raw_name" else blank(span))
    out.append(text[index:])
    return "".join(out)


def line_at(text, index):
    """The one-based line of an index."""
    return text.count("\n", 0, index) + 1


def finish(check, findings, summary):
    """Prints the findings, sorted, or the summary, and ends the process with the matching status."""
    for place, line, message in sorted(findings):
        print(f"{place}:{line}: error: {message}" if line else f"{place}: error: {message}", file=sys.stderr)
    if findings:
        print(f"{check}: {len(findings)} to mend", file=sys.stderr)
        sys.exit(1)
    print(f"{check}: {summary}")
