#!/usr/bin/env python3
"""Runs the steps of action.yml as GitHub's runner would: the inputs put in, bash for a shell, the environment of a job.

    pip install pyyaml
    cargo build --release && python3 tests/action.py [--install]

The program is the one in target/release, which the step that installs must leave alone; with `--install` there is none on the
path, and the step must build one, which takes minutes. What is not shown here is that GitHub shows what the last step writes.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
INSTALL = "--install" in sys.argv[1:]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def path(folder):
    """Where commands are looked for: first where crossfoot is, or is to be."""
    if not INSTALL:
        return f"{ROOT}/target/release:{os.environ['PATH']}"
    others = [entry for entry in os.environ["PATH"].split(":") if not (pathlib.Path(entry) / "crossfoot").exists()]
    return ":".join([f"{folder}/installed/bin", *others])


def run(folder, **inputs):
    """The status of the first step that fails, or 0, and what all have written."""
    unknown = set(inputs) - set(ACTION["inputs"])
    assert not unknown, unknown
    values = {name: inputs.get(name, about.get("default", "")) for name, about in ACTION["inputs"].items()}

    def filled(text):
        return re.sub(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}", lambda match: values[match[1]], text)

    written = ""
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"], step["name"]
        environment = {
            **os.environ,
            "PATH": path(folder),
            "CARGO_INSTALL_ROOT": f"{folder}/installed",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(folder),
            **{name: filled(value) for name, value in step.get("env", {}).items()},
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        # What cargo tells while it builds is no output of the action's.
        written += done.stdout + (done.stderr if step["name"] != "Install" or done.returncode else "")
        if done.returncode:
            return done.returncode, written
    return 0, written


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "good.md").write_text("The trench is 10 metres (33ft) deep.\n")
        (folder / "bad.md").write_text("The trench is 10 metres (53ft) deep.\n")
        (folder / "ship.md").write_text("The ship sank with 30 passengers.\n")
        (folder / "wire.md").write_text("The ship sank with 50 passengers.\n")
        (folder / "$(touch forged) x.md").write_text("Fine.\n")
        table = [
            (dict(paths="good.md"), 0, ""),
            (dict(paths="good.md bad.md"), 1, "::error file=bad.md,line=1,"),
            (dict(paths="bad.md", **{"fail-on": "never"}), 0, "::error file=bad.md,line=1,"),
            (dict(paths="bad.md", sarif="out.sarif"), 1, "::error file=bad.md,line=1,"),
            (dict(paths="ship.md", against="wire.md"), 1, "::error file=ship.md,line=1,"),
            (dict(paths="none.md"), 2, "crossfoot: none.md: no such file or folder"),
            (dict(), 2, "no drafts are named"),
            (dict(paths="$(touch forged)"), 2, "no such file"),
        ]
        for inputs, status, expected in table:
            found, written = run(folder, **inputs)
            assert found == status and expected in written, (inputs, found, written)
            print(f"{inputs}: status {found}: {written.strip().splitlines()[:1]}")
        log = json.loads((folder / "out.sarif").read_text())
        assert log["runs"][0]["results"][0]["ruleId"] == "unit-conversion"
        assert not (folder / "forged").exists()
        assert (folder / "installed/bin/crossfoot").exists() == INSTALL
    print("action.yml does what it says")


if __name__ == "__main__":
    sys.exit(main())
