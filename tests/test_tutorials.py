"""Every command of the tutorials runs, in its order, and says what the tutorial shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
TUTORIALS = sorted(DOCS.glob("tutorial-*.md"))
COMMANDS = """#!/bin/sh
exec {python} -m perfgoals_lint "$@"
"""


def steps(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a page, each with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line != "…":
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_every_command_runs_and_says_what_is_shown(path: Path, tmp_path: Path) -> None:
    tools, home = tmp_path / "tools", tmp_path / "home"
    tools.mkdir()
    home.mkdir()
    program = tools / "perfgoals-lint"
    program.write_text(COMMANDS.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    told = steps(path.read_text(encoding="utf-8"))
    assert len(told) > 3
    for command, shown in told:
        done = subprocess.run(
            ["bash", "-c", command], cwd=home, env=env, capture_output=True, encoding="utf-8", check=False
        )
        said = done.stdout + done.stderr
        # 1 says that something is to be changed in the tables.
        assert done.returncode in (0, 1), (command, said)
        at = 0
        for line in shown:
            found = said.find(line.strip(), at)
            assert found >= 0, (command, line, said)
            at = found + len(line.strip())


def test_the_pages_for_people_lead_to_each_other() -> None:
    assert len(TUTORIALS) == 3
    readme = (DOCS.parent / "README.zh-CN.md").read_text(encoding="utf-8")
    for path in (*TUTORIALS, DOCS / "clerk.zh-CN.md"):
        assert f"docs/{path.name}" in readme
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (DOCS / target).exists(), target
