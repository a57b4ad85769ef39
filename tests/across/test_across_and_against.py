"""Rules that look beyond one file: over all files of a run, and back to last year's tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.config.settings import Settings
from perfgoals_lint.model import Finding
from perfgoals_lint.runner.discover import find
from perfgoals_lint.runner.run import Run

FORM = """项目支出绩效目标表(含转移支付项目)

部门名称:青禾市农业农村局	单位:万元

项目名称(资金使用单位)\t总计\t财政拨款\t财政专户拨款\t其他资金\t绩效目标\t绩效指标
合计\t{money}\t{money}\t\t\t\t
青禾市农业农村局\t{money}\t{money}\t\t\t\t
{name}\t{money}\t{money}\t\t\t{goal}\t{rows}
"""
GOAL = "按计划完成田间设施管护,保障灌溉排水通畅,促进粮食稳产。"


def write(path: Path, name: str, rows: list[str], money: str = "100.00", goal: str = GOAL) -> None:
    listed = "".join(f"{number}、{row}。" for number, row in enumerate(rows, 1))
    path.parent.mkdir(exist_ok=True)
    path.write_text(FORM.format(name=name, rows=listed, money=money, goal=goal), encoding="utf-8")


def check(directory: Path, *select: str, **options: object) -> list[Finding]:
    settings = Settings(select=list(select), **options)  # type: ignore[arg-type]
    return list(Run(list(find([str(directory)])), settings).report.findings)


JOBS = "效益指标:带动农户就业,年度指标值:≥2000人"
FIELDS = "产出指标:管护农田面积,年度指标值:≥6万亩"


def test_the_same_outcome_in_two_files_is_found_only_across(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    write(tmp_path / "b.txt", "沟渠清淤", ["产出指标:清淤沟渠长度,年度指标值:≥50公里", JOBS])
    assert check(tmp_path, "PGR217") == []
    (finding,) = check(tmp_path, "PGR217", across=True)
    assert Path(finding.document).name == "a.txt"
    assert (finding.project_name, finding.table_index) == ("农田管护", 0)
    assert [Path(place.location.path).name for place in finding.related] == ["b.txt"]


def test_what_one_file_says_twice_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    alone = check(tmp_path, "PGR217", across=True)
    assert alone == []


def test_across_respects_what_is_ignored(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    write(tmp_path / "b.txt", "沟渠清淤", [FIELDS, JOBS])
    assert check(tmp_path, across=True, ignore=["PGR217"]) != []
    assert "PGR217" not in {finding.rule for finding in check(tmp_path, across=True, ignore=["PGR217"])}


@pytest.fixture
def years(tmp_path: Path) -> tuple[Path, Path]:
    write(tmp_path / "2024" / "a.txt", "2024年农田管护", [FIELDS, "效益指标:灌溉保证率,年度指标值:≥85%"])
    write(
        tmp_path / "2025" / "b.txt",
        "2025年农田管护",
        ["产出指标:管护农田面积,年度指标值:≥5万亩", "满意度指标:农户满意度,年度指标值:≥90%"],
        "150.00",
    )
    return tmp_path / "2024", tmp_path / "2025"


def test_last_years_tables_are_found_by_project_whatever_the_file_is_called(years: tuple[Path, Path]) -> None:
    before, now = years
    findings = check(now, "PGY", against=str(before))
    assert {finding.rule for finding in findings} == {"PGY701", "PGY702", "PGY703"}
    lowered = next(finding for finding in findings if finding.rule == "PGY701")
    assert "≥6万亩" in lowered.message
    assert "≥5万亩" in lowered.message
    assert Path(lowered.related[0].location.path).name == "a.txt"
    changed = next(finding for finding in findings if finding.rule == "PGY703")
    assert "新增指标：农户满意度" in changed.message
    assert "取消指标：灌溉保证率" in changed.message


def test_without_last_year_the_rules_say_that_they_could_not_be_asked(years: tuple[Path, Path]) -> None:
    run = Run(list(find([str(years[1])])), Settings(select=["PGY"]))
    assert list(run.report.findings) == []
    assert {account.status for account in run.report.accounting.values()} == {"not_applicable"}
    assert {reason.text for account in run.report.accounting.values() for reason in account.reasons} == {
        "没有上年的表可比"
    }
