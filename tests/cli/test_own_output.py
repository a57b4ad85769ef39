"""What the program wrote lies in the directory that it checks: that is information, and hides no table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from suppression.helpers import ROWS, goal_csv, run, write

FAULTY = ("产出指标,数量指标,修剪行道树数量,数量较多", "产出指标,质量指标,修剪合格率,≤95%", *ROWS[2:])
ENDINGS = {
    "html": "html",
    "markdown": "md",
    "json": "json",
    "sarif": "json",
    "gitlab": "json",
    "rdjson": "json",
}
FORMS = ("rich", "concise", "grouped", "github", *ENDINGS)
WAYS = ((), ("--lang", "en"), ("--quiet",), ("--group-by", "file"), ("--group-by", "unit"), ("--width", "40"))


def said_of(name: str, directory: Path) -> list[tuple[str, str]]:
    """Rule and severity of what is said of one file of a directory."""
    found = json.loads(run("check", ".", "-f", "json", "--no-cache", cwd=directory).stdout)["findings"]
    return [(one["rule"], one["severity"]) for one in found if one["document"].endswith(name)]


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_saved_report_is_information(way: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path / "甲.csv", goal_csv(rows=FAULTY))
    names = [f"报告-{form}.{ENDINGS.get(form, 'txt')}" for form in FORMS]
    for form, name in zip(FORMS, names, strict=True):
        options = ("-o", f"{form}={name}", *way) if not way else ("-f", form, *way)
        shown = run("check", "甲.csv", *options, cwd=tmp_path).stdout
        if way:
            write(tmp_path / name, shown)
    alone = run("check", "甲.csv", "-f", "json", cwd=tmp_path)
    assert run("check", ".", cwd=tmp_path).returncode == alone.returncode
    for name in names:
        assert said_of(name, tmp_path) == [("PGX105", "info")], name


@pytest.mark.parametrize("words", [("rules",), ("rule", "PGK601"), ("check", "甲.csv", "--colour", "always")])
def test_saved_lists_and_pages_of_rules_are_information(words: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path / "甲.csv", goal_csv(rows=FAULTY))
    write(tmp_path / "存.txt", run(*words, cwd=tmp_path).stdout)
    assert said_of("存.txt", tmp_path) == [("PGX105", "info")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_saved_list_of_figures_is_information(form: str, lang: str, tmp_path: Path) -> None:
    write(tmp_path / "甲.csv", goal_csv(rows=FAULTY))
    write(tmp_path / "存.txt", run("facts", "甲.csv", "-f", form, "--lang", lang, cwd=tmp_path).stdout)
    assert said_of("存.txt", tmp_path) == [("PGX105", "info")]


def test_a_form_that_is_not_understood_stays_an_error(tmp_path: Path) -> None:
    """With a comment for this tool too, which names a rule and is no report."""
    form = "产出指标：架设路灯；效益指标：改善出行；绩效目标：全年架设路灯。\n"
    for number, comment in enumerate(
        ("", "# perfgoals: ignore[PGF401] 已核实\n", "文号 PGK601 号、错误 PGK999\n")
    ):
        write(tmp_path / f"{number}.txt", comment + form)
        assert ("PGX101", "error") in said_of(f"{number}.txt", tmp_path), comment


def test_a_table_that_quotes_a_finding_is_checked(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv(rows=FAULTY) + "备注,上次意见：错误 PGK615 指标方向错误,,\n")
    assert "PGX105" not in {rule for rule, _ in said_of("表.csv", tmp_path)}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells")
def test_the_report_that_is_being_written_is_no_document(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    command = [sys.executable, "-m", "perfgoals_lint", "check", ".", "-f", "json"]
    with (tmp_path / "结果.txt").open("wb") as out:
        done = subprocess.run(command, cwd=tmp_path, stdout=out, check=False)
    report = json.loads((tmp_path / "结果.txt").read_bytes())
    assert done.returncode == 0
    assert {one["path"] for one in report["documents"]} == {"./表.csv"}
