"""The report never overwrites a table, and never says that all is well when something was not looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.commands import EXAMPLES, run

from perfgoals_lint.rulebook import rules as rulebook


def said(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The finished command with its output as text."""
    done = run(*arguments)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


TABLE = (EXAMPLES / "small-form.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", [True, False])
def test_a_report_does_not_take_the_place_of_a_table(tmp_path: Path, named: bool) -> None:
    table = tmp_path / "table.csv"
    table.write_text(TABLE, encoding="utf-8")
    done = said(str(table if named else tmp_path), "-o", f"json={table}")
    assert done.returncode == 2
    assert "换一个文件名" in done.stderr
    assert table.read_text(encoding="utf-8") == TABLE


def test_the_report_of_the_last_run_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "table.txt").write_text(TABLE, encoding="utf-8")
    report = tmp_path / "report.json"
    first = said(str(tmp_path), "-o", f"json={report}")
    written = report.read_bytes()
    second = said(str(tmp_path), "-o", f"json={report}")
    assert (first.returncode, second.returncode) == (0, 0)
    assert report.read_bytes() == written


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_pipe_in_a_directory_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "table.txt").write_text(TABLE, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.csv")
    done = said(str(tmp_path))
    assert done.returncode == 2
    assert "PGX008" in done.stdout


def test_rules_that_were_left_out_are_no_proof(tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    table.write_text(TABLE, encoding="utf-8")
    done = said(str(table), "--select", "PGC")
    assert done.returncode == 0
    book = rulebook.load()
    assert f"另有 {len(book.rules) - len(book.find('PGC'))} 条规则没有查" in done.stdout
    assert "自动检查未发现问题" not in done.stdout


def test_a_run_without_any_table_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 说明\n\n本目录存放表格。\n", encoding="utf-8")
    assert said(str(tmp_path)).returncode == 2
    (tmp_path / "table.txt").write_text(TABLE, encoding="utf-8")
    assert said(str(tmp_path)).returncode == 0


def test_a_place_that_was_not_read_forbids_the_all_clear(tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    table.write_bytes(TABLE.encode("utf-8").replace("数量指标".encode(), b"\xff\xfe", 1))
    done = said(str(table), "--ignore", "PGA,PGC,PGF,PGK,PGN,PGR")
    assert "没有读清楚" in done.stdout
    assert "自动检查未发现问题" not in done.stdout


def test_what_was_accepted_before_is_no_clearance(tmp_path: Path) -> None:
    form, baseline = tmp_path / "form.txt", tmp_path / "baseline.json"
    form.write_bytes((EXAMPLES / "tabbed-form-municipal.txt").read_bytes())
    assert said("baseline", "write", str(form), "--baseline", str(baseline)).returncode == 0
    done = said("check", str(form), "--baseline", str(baseline), "--lang", "en")
    assert done.returncode == 0
    last = " ".join(done.stdout.split("Verdict:")[1].split())
    assert last.startswith("nothing new; ")
    assert last.endswith("so this is no clearance.")
