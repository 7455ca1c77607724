#!/usr/bin/env python3
"""Runs the steps of a composite action of GitHub, as far as that is possible without GitHub.

usage: scripts/run-action.py ACTION-FOLDER WORKSPACE [NAME=VALUE]...

NAME=VALUE are inputs; `pull-request=N` is the number of the pull request of the event. Each `run` step runs in bash as on a runner, in the
workspace, with its own `env` and the files for outputs and the summary. Expressions may be a value of `inputs`, `steps` or `github`, and in
`if` a comparison of one with a text; anything else is refused. Prints the outputs, the summary and the exit status as JSON, what the
steps print on stderr. PyYAML or ruamel.yaml is needed.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def load(path):
    try:
        import yaml

        return yaml.safe_load(path.read_text())
    except ImportError:
        from ruamel.yaml import YAML

        return YAML(typ="safe").load(path.read_text())


def value_of(name, context):
    """What an expression such as `steps.run.outputs.verdict` stands for; what is not there is empty, as on a runner."""
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", name):
        sys.exit(f"run-action: an expression that is not understood here: {name}")
    for step in name.split("."):
        context = context.get(step, "") if isinstance(context, dict) else ""
    return str(context)


def expanded(text, context):
    return EXPRESSION.sub(lambda found: value_of(found[1], context), str(text))


def is_wanted(condition, context):
    if condition is None:
        return True
    found = re.fullmatch(r"([\w.-]+) == '([^']*)'", str(condition))
    if not found:
        sys.exit(f"run-action: a condition that is not understood here: {condition}")
    return value_of(found[1], context) == found[2]


def outputs_in(path):
    """The outputs that a step wrote, one `name=value` a line."""
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def main():
    folder, workspace = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    action = load(folder / "action.yml")
    given = dict(argument.split("=", 1) for argument in sys.argv[3:])
    event = {"pull_request": {"number": given.pop("pull-request", "")}}
    github = {"token": "no-real-token", "event": event}
    if unknown := set(given) - set(action["inputs"]):
        sys.exit(f"run-action: the action has no input {', '.join(sorted(unknown))}")
    inputs = {}
    for name, entry in action["inputs"].items():
        if entry.get("required") and name not in given:
            sys.exit(f"run-action: the action needs the input {name}")
        inputs[name] = given.get(name, expanded(entry.get("default", ""), {"github": github}))
    context = {"inputs": inputs, "github": github, "steps": {}}
    with tempfile.TemporaryDirectory() as name:
        status, summary = run_steps(action["runs"]["steps"], context, folder, workspace, pathlib.Path(name))
        outputs = {name: expanded(entry["value"], context) for name, entry in action["outputs"].items()}
        comment = pathlib.Path(outputs.get("comment-file") or os.devnull).read_text()
    json.dump({"status": status, "outputs": outputs, "summary": summary, "comment": comment}, sys.stdout, indent=2)


def run_steps(steps, context, folder, workspace, temporary):
    """Runs the steps until one fails; its status, and what they wrote into the summary."""
    summary = temporary / "summary.md"
    summary.touch()
    status = 0
    for number, step in enumerate(steps):
        if "${{" in step["run"]:
            sys.exit(f"run-action: `{step['name']}` has an expression in its script, through which an input could become code")
        if status != 0 or not is_wanted(step.get("if"), context):
            continue
        script, output = temporary / f"{number}.sh", temporary / f"{number}.output"
        script.write_text(step["run"])
        output.touch()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(folder),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REPOSITORY": "octo/data",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temporary),
        }
        environment |= {name: expanded(value, context) for name, value in step.get("env", {}).items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        status = subprocess.run(command, cwd=workspace, env=environment, stdout=sys.stderr).returncode
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": outputs_in(output)}
    return status, summary.read_text()


if __name__ == "__main__":
    main()
