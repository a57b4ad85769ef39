"""Running the command as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(
    *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The finished command with its output as bytes: line ends and byte-order marks count."""
    command = [sys.executable, "-m", "perfgoals_lint", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, env={**os.environ, **(env or {})}, cwd=cwd, check=False
    )


def error_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that a refused command says."""
    assert done.returncode == 2
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    return lines[0]


def findings(*arguments: str | Path, env: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What ``check`` finds, with every finding's own JSON."""
    done = run("check", "--no-cache", "--format", "json", *arguments, env=env)
    assert done.returncode in (0, 1, 2), done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    found: list[dict[str, Any]] = report["findings"]
    return found
