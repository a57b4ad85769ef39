"""Files that have not changed are not read again, and one that has is, whatever its times say."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files import stamping
from perfgoals_lint.lint.outcome import PrintedLines
from perfgoals_lint.model import Finding
from perfgoals_lint.runner import cache, stamps
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run
from suppression.helpers import VAGUE, goal_csv, run, write

SHARP = goal_csv().replace(",提升", ",≥95%")
"""As many bytes as the table that has something vague in it."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose content is read to find their results."""
    paths: list[str] = []
    plainly = cache.contents

    def noted(path: str, most: int) -> bytes:
        paths.append(path)
        return plainly(path, most)

    monkeypatch.setattr(cache, "contents", noted)
    return paths


def aged(path: Path, seconds: float = 60) -> Path:
    """The file as one that was last written a while ago."""
    moment = time.time_ns() - int(seconds * 1e9)
    os.utime(path, ns=(moment, moment))
    return path


def parts(directory: Path, **given: bool) -> list[Finding | PrintedLines]:
    done = Run(list(find([str(directory)])), Settings(cache=True, walked=True, **given))  # type: ignore[arg-type]
    stream = done.report.findings if done.report.lines is None else done.report.lines
    return list(stream)


def rules(directory: Path) -> set[str]:
    return {one.rule for one in parts(directory) if isinstance(one, Finding)}


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table whose times of change are long past, as far as anybody can see."""
    monkeypatch.setattr(stamping, "RESOLUTION", 0)
    (tmp_path / "表").mkdir()
    return aged(Path(write(tmp_path / "表/甲.csv", goal_csv())))


def test_an_unchanged_file_is_not_read(table: Path, read: list[str]) -> None:
    first = parts(table.parent)
    assert read == [str(table)]
    assert parts(table.parent) == first
    assert read == [str(table)]


def test_a_touched_file_is_read_and_says_the_same(table: Path, read: list[str]) -> None:
    first = parts(table.parent)
    aged(table, 30)
    assert parts(table.parent) == first
    assert len(read) == 2
    parts(table.parent)
    assert len(read) == 2


def test_a_change_of_the_same_size_with_its_time_put_back_is_seen(table: Path) -> None:
    assert VAGUE in rules(table.parent)
    before = table.stat()
    assert len(SHARP.encode()) == before.st_size
    table.write_text(SHARP, encoding="utf-8", newline="")
    os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert table.stat().st_mtime_ns == before.st_mtime_ns
    assert VAGUE not in rules(table.parent)


def test_a_change_within_the_tick_in_which_the_file_was_seen_is_found(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system with ticks of two seconds two writes may leave the same times, of content and of state."""
    monkeypatch.undo()
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(table.parents[1] / "cache"))
    real = os.stat

    def coarse(path: str, **more: bool) -> os.stat_result:
        seen = real(path, **more)
        if not str(path).endswith(".csv"):
            return seen
        ticks = {name: getattr(seen, name) // 2_000_000_000 * 2_000_000_000 for name in _TIMES}
        return _Stat(seen, ticks)  # type: ignore[return-value]

    write(table, goal_csv())
    monkeypatch.setattr(stamps.os, "stat", coarse)
    assert VAGUE in rules(table.parent)
    table.write_text(SHARP, encoding="utf-8", newline="")
    assert VAGUE not in rules(table.parent)


_TIMES = ("st_mtime_ns", "st_ctime_ns")


class _Stat:
    def __init__(self, seen: os.stat_result, ticks: dict[str, int]) -> None:
        self._seen, self._ticks = seen, ticks

    def __getattr__(self, name: str) -> int:
        return self._ticks[name] if name in self._ticks else getattr(self._seen, name)


def test_a_file_that_was_put_in_the_place_of_another_is_read(table: Path) -> None:
    assert VAGUE in rules(table.parent)
    other = table.with_name("x")
    other.write_text(SHARP, encoding="utf-8", newline="")
    before = table.stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(table)
    assert VAGUE not in rules(table.parent)


def test_lines_are_kept_and_are_those_of_the_findings(table: Path, read: list[str]) -> None:
    arguments = ("check", str(table.parent), "--format", "concise")
    plain = run(*arguments, "--no-cache").stdout
    first = parts(table.parent, lines=True)
    again = parts(table.parent, lines=True)
    assert first == again
    assert [type(one) for one in again] == [PrintedLines]
    assert plain.startswith("".join(one.text for one in again if isinstance(one, PrintedLines)))
    assert len(read) == 1


@pytest.mark.parametrize(
    "configured",
    [
        "",
        f'[severity]\n{VAGUE} = "error"\n',
        '[["per-project"]]\nname = "*"\nignore = ["PGC"]\n',
        'fail-on = "info"\n',
        'fail-on = "warning"\nmax-warnings = 0\n',
        f'ignore = ["{VAGUE}"]\n',
        "across = true\n",
    ],
)
def test_a_run_over_unchanged_files_ends_as_one_without_a_cache(
    tmp_path: Path, table: Path, configured: str
) -> None:
    """With a new file, one with a comment, one that is no table and one that cannot be read among them."""
    write(table.parent / "乙.csv", goal_csv("道路养护"))
    write(table.parent / "丙.csv", f"# perfgoals-lint: ignore[{VAGUE}] 已核\n{goal_csv()}")
    write(table.parent / "信.txt", "各位同事：\n请于周五前交回。\n")
    write(table.parent / "坏.xlsx", "x")
    for path in table.parent.iterdir():
        aged(path)
    arguments = ("check", "表", "--format", "concise")
    run(*arguments, cwd=tmp_path)
    write(tmp_path / "perfgoals.toml", configured)
    plain = run(*arguments, "--no-cache", cwd=tmp_path)
    for _ in range(2):
        done = run(*arguments, cwd=tmp_path)
        assert (done.stdout, done.stderr, done.returncode) == (plain.stdout, plain.stderr, plain.returncode)
    english = [run(*arguments, *more, "--lang", "en", cwd=tmp_path).stdout for more in ((), ("--no-cache",))]
    assert english[0] == english[1]


def test_a_baseline_has_its_say_on_unchanged_files(tmp_path: Path, table: Path) -> None:
    arguments = ("check", "表", "--format", "concise")
    assert VAGUE in run(*arguments, cwd=tmp_path).stdout
    run("baseline", "write", "表", "--baseline", "已知.json", cwd=tmp_path)
    told = run(*arguments, "--baseline", "已知.json", cwd=tmp_path)
    assert VAGUE not in told.stdout
    assert told.returncode == 0
    assert VAGUE in run(*arguments, cwd=tmp_path).stdout


def test_an_exception_has_its_say_on_unchanged_files(tmp_path: Path, table: Path) -> None:
    arguments = ("check", "表", "--format", "concise")
    assert VAGUE in run(*arguments, cwd=tmp_path).stdout
    write(
        tmp_path / "perfgoals-exceptions.yaml",
        f"exceptions:\n- rule: {VAGUE}\n  project: 柳溪街道行道树修剪\n  quote: 提升\n  reason: 已核\n  person: 周敏\n  date: 2026-01-10\n",
    )
    told = run(*arguments, cwd=tmp_path)
    assert VAGUE not in told.stdout
    assert told.stdout == run(*arguments, "--no-cache", cwd=tmp_path).stdout
