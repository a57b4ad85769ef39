"""What the tests of hooks and pipelines share: the checkout, its files in a repository of their own, made-up tables."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
CLEAN = TOP / "examples" / "small-form.txt"
FAULTY = TOP / "examples" / "form-dump-library.txt"


def tool(name: str) -> str:
    """The path of a program beside this Python or on the path; the test is skipped where there is none."""
    beside = BIN / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def load(name: str) -> Any:
    """A YAML file of the checkout as data."""
    return yaml.safe_load((TOP / name).read_text(encoding="utf-8"))


def run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A finished process with its output as text; its exit status is left to the test."""
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


def commit_all(directory: Path) -> None:
    """Make a directory a git repository with everything in it committed."""
    git = tool("git")
    identity = (
        "-c",
        "user.name=tester",
        "-c",
        "user.email=tester@example.org",
        "-c",
        "core.hooksPath=/dev/null",
    )
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "tables"]):
        done = run(git, *identity, *arguments, cwd=directory)
        assert done.returncode == 0, done.stderr
