"""Runs that share and keep results: the same words, nothing read twice, within a size."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.lint.outcome import DocumentInfo, Project
from perfgoals_lint.lint.records import FileResult, accounts_of, accounts_text, pack, unpack
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.runner import cache
from perfgoals_lint.runner.jobs import Job
from suppression.helpers import VAGUE, checked, found, goal_csv, run, spawn, write
from suppression.test_runs import EXAMPLES, many


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
