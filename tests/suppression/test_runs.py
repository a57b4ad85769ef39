"""How a run goes: what it covers, at which width, from which cache, and what one bad file costs."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_lint.config.layers import Configs
from perfgoals_lint.config.plan import Plan
from perfgoals_lint.lint.outcome import DocumentInfo, Project
from perfgoals_lint.lint.records import FileResult, accounts_of, accounts_text, pack, unpack
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.runner import cache
from perfgoals_lint.runner.jobs import Job
from suppression.helpers import VAGUE, checked, found, goal_csv, run, spawn, write

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


def test_a_cached_run_says_the_same_and_reads_nothing(tmp_path: Path) -> None:
    kept = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    arguments = ["check", str(many(tmp_path / "表", 3)), str(EXAMPLES), "--format", "json", "--output"]
    outputs = [spawn([*arguments, f"sarif={tmp_path / name}"], env=kept).stdout for name in ("1", "2")]
    assert outputs[0] == outputs[1]
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    heavy = (
        "pydantic lark rich lxml yaml perfgoals_lint.readers perfgoals_lint.tables perfgoals_lint.lint.engine"
    )
    script = (
        "import sys, runpy\n"
        f"sys.argv[1:] = ['check', {str(tmp_path / '表')!r}, '--format', 'concise']\n"
        "try: runpy.run_module('perfgoals_lint', run_name='__main__')\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **kept},
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_what_the_result_depends_on_makes_a_new_one(tmp_path: Path) -> None:
    kept = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    path = write(tmp_path / "表.csv", goal_csv())
    assert VAGUE in found(checked(path, env=kept))
    write(path, goal_csv().replace(",提升", ",≥95%"))
    assert VAGUE not in found(checked(path, env=kept))
    write(tmp_path / "perfgoals.toml", '[rules.PGC111]\nrows = "≥9"\n')
    assert "PGC111" in found(checked(path, env=kept))
    english = json.loads(run("check", path, "--format", "json", "--lang", "en", env=kept).stdout)
    assert english["findings"][0]["message"].isascii()


def test_a_damaged_or_forbidden_cache_costs_nothing_but_time(tmp_path: Path) -> None:
    path = write(tmp_path / "表.csv", goal_csv())
    kept = tmp_path / "cache"
    env = {"PERFGOALS_CACHE_DIR": str(kept)}
    first = run("check", path, "--format", "json", env=env)
    for damage in (b"", b"no database at all" * 500):
        for file in kept.glob("results*"):
            file.write_bytes(damage)
        again = run("check", path, "--format", "json", env=env)
        assert (again.stdout, again.stderr) == (first.stdout, "")
    blocked = {"PERFGOALS_CACHE_DIR": str(write(tmp_path / "file", "x"))}
    assert run("check", path, "--format", "json", env=blocked).stdout == first.stdout


def test_cache_clean_empties_it(tmp_path: Path) -> None:
    env = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    run("check", write(tmp_path / "表.csv", goal_csv()), env=env)
    assert list((tmp_path / "cache").iterdir())
    assert run("cache", "clean", env=env).returncode == 0
    run("cache", "dir", env=env)
    assert not list((tmp_path / "cache").glob("results*"))


def test_the_cache_stays_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "MOST_BYTES", 1500)
    path = write(tmp_path / "x", "x")
    plan = Plan((), frozenset())
    keys = []
    for number in range(4):
        kept = cache.Cache("d")
        job = Job(str(path), f"{number}")
        keys.append((kept.key(job, plan) or b"", job))
        kept.put(keys[-1][0], FileResult(DocumentInfo("x" * 400, "csv"), accounts=f"[{number}]"))
        kept.close()
    left = cache.Cache("d")
    found = left.get(keys)
    kept_numbers = [number for number, result in enumerate(found) if result]
    assert len(kept_numbers) == 3  # of the four, each of over 400 bytes
    assert [result.accounts for result in found if result] == [f"[{number}]" for number in kept_numbers]
    left.close()
    with sqlite3.connect(cache.cache_file()) as database:
        assert database.execute("SELECT COUNT(*) FROM accounts").fetchone() == (3,)


def test_several_runs_share_a_cache(tmp_path: Path) -> None:
    env = {**os.environ, "PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "perfgoals_lint", str(many(tmp_path / "表", 6)), "--format", "json"]
    runs = [
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    outputs = [process.communicate() for process in runs]
    assert len(set(outputs)) == 1
    assert outputs[0][1] == b""


def test_a_result_survives_its_journey() -> None:
    place = Location("a", page=1, bbox=(1.0, 2.0, 3.5, 4.0))
    finding = Finding(
        "PGC101", "x", "error", "完整性", "m", "a", location=place, span=(1, 2), evidence={"a": "1"}
    )
    accounts = accounts_text(
        {"PGC101": [("found", None), ("passed", None)], "PGK601": [("not_applicable", "goal")]}
    )
    result = FileResult(DocumentInfo("a", "csv"), [finding], accounts, projects=[Project("p")])
    assert unpack(pack(result)) == result
    assert sorted(accounts_of(accounts), key=str) == [
        ("PGC101", "found", None, 1),
        ("PGC101", "passed", None, 1),
        ("PGK601", "not_applicable", "goal", 1),
    ]
    for damaged in (b"", b"[]", b"{}", b"[1,2,3,4,5,6]", pack(result)[:-1]):
        with pytest.raises(ValueError):  # noqa: PT011 (any wording)
            unpack(damaged)


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


def test_what_the_next_run_asks_for_outlives_what_this_one_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over more than the cache holds, every run finds as much as the first one could keep."""
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(tmp_path / "cache"))
    path = write(tmp_path / "x", "x")
    plan = Plan((), frozenset())
    jobs = [Job(str(path), f"{number}") for number in range(30)]
    hits = []
    for _ in range(4):
        kept = cache.Cache("", 5_000)
        keys = [(kept.key(job, plan), job) for job in jobs]
        known = kept.get(keys)
        hits.append(sum(result is not None for result in known))
        for (key, _), result in zip(keys, known, strict=True):
            if result is None and key:
                kept.put(key, FileResult(DocumentInfo("x" * 400, "csv")))
        kept.close()
    assert hits[0] == 0
    assert hits[1] >= 8
    assert hits[1] == hits[2] == hits[3]


def test_eight_runs_on_one_cache_that_are_killed_say_the_same(tmp_path: Path) -> None:
    """Eight at a time, some of them killed on the way; what is whole is equal to what is said without a cache."""
    tables = many(tmp_path / "表", 40)
    env = {**os.environ, "PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "perfgoals_lint", str(tables), "--format", "json"]
    plain = subprocess.run([*command, "--no-cache"], env=env, capture_output=True, check=False).stdout
    whole = 0
    for _ in range(2):
        runs = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(8)
        ]
        for number, one in enumerate(runs[:6]):
            time.sleep(0.05 * number)
            one.kill()
        for one in runs:
            output, _ = one.communicate(timeout=600)
            if one.returncode >= 0:
                assert output == plain
                whole += 1
    assert whole >= 4
    assert subprocess.run(command, env=env, capture_output=True, check=False).stdout == plain
