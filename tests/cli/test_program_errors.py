"""An error of the program costs the file it ran into, loudly, and no other."""

from __future__ import annotations

import errno
import json
import sqlite3
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

import perfgoals_lint
from perfgoals_lint.cli.main import _refuse, cli
from perfgoals_lint.cli.wording import os_error
from perfgoals_lint.model import Document, Source
from perfgoals_lint.tables import recognise

TABLE = "项目名称,{},,\n一级指标,二级指标,三级指标,年度指标值\n产出指标,数量指标,修剪行道树数量,≥260株\n"
NAMES = ("甲.csv", "乙.csv", "丙.csv")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three files, of which the recogniser fails at the second."""
    paths = [tmp_path / name for name in NAMES]
    for path in paths:
        path.write_text(TABLE.format(path.stem), encoding="utf-8")
    whole = recognise.recognise

    def failing(source: Source) -> Document:
        if source.path.endswith(NAMES[1]):
            raise IndexError("no such column")
        return whole(source)

    monkeypatch.setattr("perfgoals_lint.extraction.document.recognise", failing)
    return [str(path) for path in paths]


@pytest.mark.parametrize("command", ["extract", "check"])
def test_a_failing_recogniser_costs_one_file(command: str, paths: list[str]) -> None:
    own = ["--no-cache", "--jobs", "1"] if command == "check" else []
    done = CliRunner().invoke(cli, [command, *own, "--no-config", "--format", "json", *paths])
    assert done.exit_code == 2
    report = json.loads(done.stdout)
    problems = (
        report["findings"]
        if command == "check"
        else [problem for document in report["documents"] for problem in document["problems"]]
    )
    failed = [one for one in problems if "PGX204" in (one.get("rule"), one.get("code"))]
    assert len(failed) == 1
    assert "IndexError: no such column" in json.dumps(failed[0], ensure_ascii=False)
    assert NAMES[1] in json.dumps(failed[0], ensure_ascii=False)
    assert len(report["documents"]) == len(NAMES)
    read = [document["tables"] for document in report["documents"]]
    assert [bool(tables) for tables in read] == [True, False, True]


def test_formats_of_extract_without_a_place_for_it_say_it_on_standard_error(paths: list[str]) -> None:
    for form in ("yaml", "csv"):
        done = CliRunner().invoke(cli, ["extract", "--no-config", "--format", form, paths[1]])
        assert done.exit_code == 2
        assert "PGX204" in done.stderr


def test_the_api_never_raises(paths: list[str]) -> None:
    documents = list(perfgoals_lint.extract(paths))
    assert [len(document.tables) for document in documents] == [1, 0, 1]
    assert [problem.code for problem in documents[1].problems] == ["PGX204"]


@pytest.mark.parametrize("number", [32, 33])
def test_a_file_that_another_program_holds_on_windows_is_said_to_be(number: int) -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file", "报告.xlsx")
    assert os_error(error) == "没有权限"
    error.winerror = number  # type: ignore[attr-defined]
    assert "Excel" in os_error(error)


FULL = """
import sqlite3
connect = sqlite3.connect
def small(*place, **options):
    database = connect(*place, **options)
    database.execute("PRAGMA max_page_count = 1")
    return database
sqlite3.connect = small
from perfgoals_lint.cli.main import cli
cli()
"""


@pytest.mark.parametrize("options", [["--format", "html"], ["--across"]])
@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "临时文件：磁盘已满"), ("en", "a temporary file: No space left")]
)
def test_a_full_disk_under_a_private_database_is_one_line(
    options: list[str], lang: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(TABLE.format("甲"), encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-c", FULL, str(path), "--no-cache", "--lang", lang, *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "of_system"),
    [("SQLITE_FULL", True), ("SQLITE_IOERR_WRITE", True), ("SQLITE_CANTOPEN", True), ("SQLITE_ERROR", False)],
)
def test_only_what_the_disk_does_to_a_database_is_said_of_a_file(name: str, of_system: bool) -> None:
    error = sqlite3.OperationalError("no such table: rows")
    error.sqlite_errorname = name
    with pytest.raises(SystemExit) if of_system else nullcontext():
        _refuse(error)
