"""How a run goes: what it covers, at which width, from which cache, and what one bad file costs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_lint.config.layers import Configs
from suppression.helpers import VAGUE, goal_csv, run, write

EXAMPLES = Path(__file__).parents[2] / "examples"


def many(directory: Path, number: int = 12) -> Path:
    for index in range(number):
        write(directory / f"{index:02}.csv", goal_csv(f"第{index}片区绿化"))
    return directory


# --- what is covered ------------------------------------------------------------------------------------------------


def test_standard_input_goes_by_the_name_that_is_given(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'["per-file"."新.csv"]\nselect = ["{VAGUE}"]\n')
    done = run("check", "-", "--stdin-filename", "新.csv", "--format", "json", cwd=tmp_path, stdin=goal_csv())
    findings = json.loads(done.stdout)["findings"]
    assert [(f["rule"], f["document"]) for f in findings] == [(VAGUE, "新.csv")]
    assert findings[0]["location"]["path"] == "新.csv"


def test_only_what_changed_since_a_revision(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    many(tmp_path / "表", 3)
    git("init", "-q")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x")
    assert run("check", "表", "--diff-base", "HEAD", "--show-files", cwd=tmp_path).stdout == ""
    write(tmp_path / "表/01.csv", goal_csv("改过的 项目"))
    write(tmp_path / "表/新 表.csv", goal_csv("新项目"))
    shown = run("check", "表", "--diff-base", "HEAD", "--show-files", cwd=tmp_path).stdout.splitlines()
    assert shown == [str(Path("表/01.csv")), str(Path("表/新 表.csv"))]
    missing = run("check", "表", "--diff-base", "no-such-revision", cwd=tmp_path)
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1


def test_statistics_and_timings_leave_the_report_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    plain = run("check", path, "--format", "json", "--no-cache")
    done = run("check", path, "--format", "json", "--statistics", "--timings", "--no-cache")
    assert done.stdout == plain.stdout
    assert re.search(rf"^ +1  {VAGUE}  vague-judgement", done.stderr, re.MULTILINE)
    assert re.search(rf"^ +[\d.]+  {VAGUE}  vague-judgement", done.stderr, re.MULTILINE)


def test_more_warnings_than_allowed_change_the_status(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    assert run("check", path, "--select", VAGUE, "--max-warnings", "1").returncode == 0
    assert run("check", path, "--select", VAGUE, "--max-warnings", "0").returncode == 1
    assert run("check", path, "--select", VAGUE, "--max-warnings", "0", "--exit-zero").returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_complete_commands(shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_PERFGOALS_LINT_COMPLETE" in script
    asked = {
        "_PERFGOALS_LINT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "perfgoals-lint ba" if shell != "fish" else "perfgoals-lint",
        "COMP_CWORD": "1" if shell != "fish" else "ba",
    }
    assert "baseline" in run(env=asked).stdout


# --- cache -----------------------------------------------------------------------------------------------------------


# --- processes -------------------------------------------------------------------------------------------------------

PLUGIN = """\
import os
import time
from pathlib import Path

def pages():
    return Path(__file__).parent / "pages"

def check(table, rule):
    if "崩" in table.goal.project_name:
        os._exit(3)
    if "慢" in table.goal.project_name and os.environ.get("BUSY"):
        Path(os.environ["BUSY"], str(os.getpid())).touch()
    while "慢" in table.goal.project_name:
        time.sleep(0.01)
    return []
"""
PAGE = """\
---
code: ZZ901
name: hostile-check
title: {zh: 恶意检查, en: hostile check}
severity: info
scope: table
status: stable
since: 0.1.0
message: {zh: 无, en: none}
check: {kind: python, function: "hostile:check"}
---
## 检查什么

无。

## 反例

- 项目名称：甲 ✗ info
"""


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, str]:
    """An environment with a plug-in whose rule kills or blocks the process that runs it."""
    write(tmp_path / "site/hostile.py", PLUGIN)
    write(tmp_path / "site/pages/ZZ901.md", PAGE)
    home = tmp_path / "site/hostile-1.dist-info"
    write(home / "METADATA", "Metadata-Version: 2.1\nName: hostile\nVersion: 1\n")
    write(home / "entry_points.txt", "[perfgoals_lint.rules]\nhostile = hostile:pages\n")
    paths = [str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths)}


def test_the_output_is_the_same_at_every_width(tmp_path: Path) -> None:
    many(tmp_path / "表")
    arguments = ["check", str(tmp_path / "表"), str(EXAMPLES), "--no-cache", "--format"]
    for form in ("json", "concise"):
        outputs = {run(*arguments, form, "--jobs", width).stdout for width in ("1", "2", "3", "auto")}
        assert len(outputs) == 1


def test_a_file_that_kills_its_process_costs_only_itself(tmp_path: Path, hostile: dict[str, str]) -> None:
    directory = many(tmp_path / "表", 5)
    write(directory / "02.csv", goal_csv("崩溃项目"))
    done = run(
        "check",
        directory,
        "--plugin",
        "hostile",
        "--jobs",
        "2",
        "--no-cache",
        "--format",
        "json",
        env=hostile,
    )
    printed = json.loads(done.stdout)
    assert done.returncode == 2
    assert [
        (f["rule"], Path(f["document"]).name) for f in printed["findings"] if f["rule"].startswith("PGX")
    ] == [("PGX203", "02.csv")]
    assert {Path(f["document"]).name for f in printed["findings"] if f["rule"] == VAGUE} == {
        "00.csv", "01.csv", "03.csv", "04.csv",
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_file_that_takes_too_long_is_given_up_at_every_width(
    tmp_path: Path, hostile: dict[str, str]
) -> None:
    directory = many(tmp_path / "表", 3)
    write(directory / "perfgoals.toml", "[limits]\nseconds = 0.2\n")
    write(directory / "01.csv", goal_csv("慢项目"))
    outputs = []
    for width in ("1", "2"):
        done = run(
            "check",
            directory,
            "--plugin",
            "hostile",
            "--jobs",
            width,
            "--no-cache",
            "--format",
            "json",
            env=hostile,
        )
        assert done.returncode == 2
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    printed = json.loads(outputs[0])
    assert [Path(f["document"]).name for f in printed["findings"] if f["rule"] == "PGX202"] == ["01.csv"]
    assert printed["summary"]["unreadable"] == 1


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent by POSIX signals")
@pytest.mark.parametrize("width", ["1", "2"])
def test_an_interrupt_ends_everything_at_once(tmp_path: Path, hostile: dict[str, str], width: str) -> None:
    directory = many(tmp_path / "表", 3)
    for name in ("00.csv", "01.csv"):
        write(directory / name, goal_csv("慢项目"))
    busy = tmp_path / "busy"
    busy.mkdir()
    command = [sys.executable, "-m", "perfgoals_lint", "check", str(directory)]
    process = subprocess.Popen(
        [*command, "--plugin", "hostile", "--jobs", width, "--no-cache"],
        env={**os.environ, **hostile, "BUSY": str(busy)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert _until(lambda: len(list(busy.iterdir())) == int(width))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)  # the files at work would never end
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in errors
    workers = [Path("/proc", one.name) for one in busy.iterdir()] if os.path.isdir("/proc") else []
    assert _until(lambda: not any(one.exists() for one in workers))
    with pytest.raises(ProcessLookupError):  # the group is gone: no worker is left behind
        os.killpg(process.pid, 0)


@pytest.mark.parametrize("text", ["0", "-1", "many", ""])
def test_a_width_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    done = run("check", write(tmp_path / "表.csv", goal_csv()), f"--jobs={text}")
    assert done.returncode == (2 if text else 0)


def test_watch_checks_again_when_a_file_changes(tmp_path: Path) -> None:
    path = write(tmp_path / "表/表.csv", goal_csv())
    out = tmp_path / "out.txt"
    with out.open("wb") as stream:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "perfgoals_lint",
                "check",
                str(path.parent),
                "--watch",
                "--format",
                "concise",
            ],
            stdout=stream,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        assert _until(lambda: VAGUE in out.read_text(encoding="utf-8"))
        before = len(out.read_bytes())
        write(path, goal_csv("另一个项目"))
        assert _until(lambda: "另一个项目" in out.read_text(encoding="utf-8")[before // 4 :])
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) in (130, 1, 0)


def _until(true: object, seconds: float = 120) -> bool:
    assert callable(true)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_without_configurations_none_is_looked_for(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", "no toml")
    assert Configs(isolated=True).of(str(tmp_path / "x")).layer == {}
