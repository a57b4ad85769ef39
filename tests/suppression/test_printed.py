"""The same run over the same files prints the same again without checking; anything that may change it is asked anew."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals_lint.cli import printed, wording
from perfgoals_lint.cli.main import cli
from perfgoals_lint.files import stamping
from suppression.helpers import VAGUE, goal_csv, write

SHARP = goal_csv().replace(",提升", ",≥95%")


class Runs:
    """Runs of an installed program, as far as it can tell; ``checked`` counts those that looked into their files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.checked = 0

    def __call__(self, *arguments: str | Path) -> tuple[int, str]:
        """The exit status and what was printed."""
        words = list(map(str, arguments))
        out = io.StringIO()
        with self._patch.context() as patch:
            patch.setattr(sys, "argv", ["perfgoals-lint", *words])
            patch.setattr(sys, "stdout", out)
            wording.asked.cache_clear()
            place = printed.this_run()
            status = place.again() if place else None
            if status is None:
                self.checked += 1
                with pytest.raises(SystemExit) as ended:
                    cli(words, prog_name="perfgoals-lint", obj=place)
                status = int(ended.value.code or 0)
        wording.asked.cache_clear()
        return status, out.getvalue()


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setattr(stamping, "RESOLUTION", 0)
    monkeypatch.setattr(printed, "_installed", lambda: ["installed"])
    monkeypatch.setenv("PERFGOALS_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("FORCE_COLOR", "NO_COLOR", "PERFGOALS_LANG"):
        monkeypatch.delenv(name, raising=False)
    return Runs(monkeypatch)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return aged(write(tmp_path / "表/甲.csv", goal_csv()))


def aged(path: Path) -> Path:
    """The file with a time that no clock comes near to."""
    os.utime(path, ns=(10**18, 10**18))
    return path


@pytest.mark.parametrize("options", [(), ("-f", "concise"), ("-v", "--lang", "en"), ("check",)])
def test_the_same_run_prints_the_same_without_checking(
    runs: Runs, table: Path, options: tuple[str, ...]
) -> None:
    arguments: tuple[str | Path, ...] = (*options, table)
    first = runs(*arguments)
    assert VAGUE in first[1]
    assert runs(*arguments) == first
    assert runs.checked == 1
    assert runs("--no-cache", table) == runs(table)
    assert runs("--exit-zero", table)[0] == 0
    assert runs("--exit-zero", table) == runs("--exit-zero", table)


def test_a_failing_run_fails_again(runs: Runs, tmp_path: Path) -> None:
    table = aged(write(tmp_path / "乙.csv", goal_csv(rows=("产出指标,数量指标,修剪行道树数量,",))))
    first = runs(table)
    assert first[0] == 1
    assert runs(table) == first
    assert runs.checked == 1


def test_a_changed_table_is_checked_anew(runs: Runs, table: Path) -> None:
    assert VAGUE in runs(table)[1]
    aged(write(table, SHARP))
    assert VAGUE not in runs(table)[1]
    assert runs.checked == 2


def configure(table: Path) -> None:
    write(table.parent / "perfgoals.toml", f'ignore = ["{VAGUE}"]\n')


def configure_above(table: Path) -> None:
    write(table.parents[1] / "pyproject.toml", f'[tool.perfgoals-lint]\nignore = ["{VAGUE}"]\n')


def except_it(table: Path) -> None:
    text = "- rule: VAGUE\n  document: 甲.csv\n  quote: 提升\n  reason: 没有可用的统计\n  approved_by: 李工\n"
    write(table.parent / "perfgoals-exceptions.yaml", text.replace("VAGUE", VAGUE))


@pytest.mark.parametrize("said", [configure, configure_above, except_it])
def test_what_is_said_beside_a_table_or_above_it_is_heard(
    runs: Runs, table: Path, said: Callable[[Path], None]
) -> None:
    runs(table)
    said(table)
    status, text = runs(table)
    assert runs.checked == 2
    assert (status, text) == runs("--no-cache", table)


@pytest.mark.parametrize("name", ["PERFGOALS_LANG", "COLUMNS", "PYTHONIOENCODING", "FORCE_COLOR"])
def test_another_environment_is_another_run(
    runs: Runs, table: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    runs(table)
    monkeypatch.setenv(name, {"PERFGOALS_LANG": "en", "COLUMNS": "60", "FORCE_COLOR": "1"}.get(name, "utf-8"))
    runs(table)
    assert runs.checked == 2


def test_another_day_directory_or_installation_is_another_run(
    runs: Runs, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(table)
    with monkeypatch.context() as patch:
        patch.setattr(time, "strftime", lambda *_: "2031-01-02")
        runs(table)
    with monkeypatch.context() as patch:
        patch.chdir(table.parent)
        runs(table)
    with monkeypatch.context() as patch:
        patch.setattr(printed, "_installed", lambda: ["another"])
        runs(table)
    assert runs.checked == 4


@pytest.mark.parametrize(
    "options",
    [
        ("--no-cache",),
        ("--statistics",),
        ("-f", "json"),
        ("--severity", "error"),
        ("--max-warnings", "0"),
        ("--colour", "always"),
        ("--ignore", VAGUE),
        ("-o", "json=REPORT"),
    ],
)
def test_runs_that_do_or_read_more_are_never_repeated(
    runs: Runs, table: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    arguments = [one.replace("REPORT", str(tmp_path / "报告.json")) for one in options]
    runs(*arguments, table)
    runs(*arguments, table)
    assert runs.checked == 2


def test_directories_new_files_and_failures_are_never_repeated(
    runs: Runs, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (table.parent, table.parent / "无.csv"):
        runs(path)
        runs(path)
    monkeypatch.setattr(stamping, "RESOLUTION", 2 * 10**18)
    runs(table)
    runs(table)
    assert runs.checked == 6


def test_a_broken_entry_is_left_alone(runs: Runs, table: Path, tmp_path: Path) -> None:
    first = runs(table)
    [entry] = (tmp_path / "cache").glob("printed-*.bin")
    whole = entry.read_bytes()
    for number, broken in enumerate(
        (b"", b"\xff\xfe", whole[: len(whole) // 3], whole.replace(b"\0", b"\n")), 2
    ):
        entry.write_bytes(broken)
        assert runs(table) == first
        assert runs.checked == number, broken


def test_a_checkout_keeps_nothing(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "_PACKAGE", str(table.parent))
    assert printed.this_run() is None


def test_the_command_imports_no_command_line_to_print_again(runs: Runs, table: Path, tmp_path: Path) -> None:
    script = (
        "import sys, runpy\n"
        "from perfgoals_lint.cli import printed\n"
        "from perfgoals_lint.files import stamping\n"
        "printed._installed = lambda: ['installed']\n"
        "stamping.RESOLUTION = 0\n"
        f"sys.argv[1:] = {[str(table)]!r}\n"
        "try: runpy.run_module('perfgoals_lint', run_name='__main__', alter_sys=True)\n"
        "except SystemExit: pass\n"
        "print([name for name in ('click', 'inspect', 'sqlite3') if name in sys.modules], file=sys.stderr)\n"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, encoding="utf-8"
        )
        for _ in range(2)
    ]
    assert done[0].stdout == done[1].stdout
    assert VAGUE in done[1].stdout
    assert "click" in done[0].stderr
    for name in ("click", "inspect", "sqlite3"):
        assert name not in done[1].stderr
