"""Small documents of made-up units, and the command line as a user runs it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from perfgoals_lint.cli import wording
from perfgoals_lint.cli.main import cli

ROWS = (
    "产出指标,数量指标,修剪行道树数量,≥300棵",
    "产出指标,质量指标,修剪合格率,≥95%",
    "产出指标,时效指标,修剪完成时间,2026年11月底前",
    "效益指标,社会效益指标,街区面貌,提升",
    "满意度指标,服务对象满意度指标,沿街住户满意度,≥90%",
)
VAGUE = "PGF401"
"""The rule that reports the one vague value of ``ROWS``."""


def goal_csv(project: str = "柳溪街道行道树修剪", rows: tuple[str, ...] = ROWS) -> str:
    """A small goal table as CSV: project, goal, header, rows (the first row is line 4)."""
    head = (
        f"项目名称,{project},,",
        "年度目标,全年修剪行道树300棵，改善街区面貌。,,",
        "一级指标,二级指标,三级指标,年度指标值",
    )
    return "\n".join((*head, *rows)) + "\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(
    *arguments: str | Path, cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line, in this process where the environment allows: starting one costs more than most checks."""
    words = list(map(str, arguments))
    if env is not None and env.keys() - {"PERFGOALS_CACHE_DIR"}:
        return spawn(words, cwd, stdin, env)
    buffers = [io.BytesIO(text) for text in (stdin.encode(), b"", b"")]
    streams = [io.TextIOWrapper(buffer, encoding="utf-8") for buffer in buffers]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        patch.chdir(cwd or Path.cwd())
        patch.setattr(sys, "argv", ["perfgoals-lint", *words])
        forget_language()
        try:
            cli(words, prog_name="perfgoals-lint")
            status: object = 0
        except SystemExit as end:
            status = end.code
        for stream in streams[1:]:
            stream.flush()
        shown = [buffer.getvalue().decode("utf-8") for buffer in buffers[1:]]
    forget_language()
    assert isinstance(status, int)
    return subprocess.CompletedProcess(words, status, *shown)


def forget_language() -> None:
    """What one command line asked for is not what the next one in this process does."""
    wording.asked.cache_clear()
    wording._configured.clear()


def spawn(
    arguments: Sequence[str], cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "perfgoals_lint", *arguments]
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )


def checked(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What ``check --format json`` prints; the status must not be one of wrong usage without output."""
    done = run("check", *arguments, "--format", "json", cwd=cwd, env=env)
    assert done.stdout, done.stderr
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def found(printed: Mapping[str, Any]) -> set[str]:
    """The codes of the findings that count."""
    return {
        finding["rule"]
        for finding in printed["findings"]
        if not finding["suppressed"] and finding["baseline_state"] in (None, "new", "updated")
    }
