"""What is missing in a form is told at the label of its box: in every table of a sheet, and in every carrier of cells."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from cli.commands import run

HEAD = [
    ["项目支出绩效目标申报表", "", "", ""],
    ["项目名称", "{name}", "", ""],
    ["预算金额（万元）", "12", "", ""],
    ["年度目标", "{goal}", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值"],
    ["产出指标", "数量指标", "修剪行道树数量", "≥300棵"],
    ["产出指标", "质量指标", "修剪合格率", "≥95%"],
    ["产出指标", "时效指标", "修剪完成时间", "2026年11月底前"],
    ["效益指标", "社会效益指标", "街区绿化覆盖率", "≥40%"],
    ["满意度指标", "服务对象满意度指标", "{satisfaction}", "{value}"],
]


def form(name: str, goal: str, satisfaction: str = "住户满意度", value: str = "≥90%") -> list[list[str]]:
    return [
        [text.format(name=name, goal=goal, satisfaction=satisfaction, value=value) for text in row]
        for row in HEAD
    ]


def places(path: Path) -> dict[tuple[str, str], dict[str, object]]:
    """Where each finding stands, by rule and project."""
    done = run("check", path, "--format", "json", "--no-cache")
    return {
        (one["rule"], one["project_name"]): one["location"]
        for one in json.loads(done.stdout)["findings"]
        if one["location"]
    }


GOAL = "全年修剪行道树300棵，合格率不低于95%，街区绿化覆盖率达到40%以上，沿街住户满意度不低于90%。"


@pytest.mark.parametrize("missing", [0, 1])
def test_each_of_two_forms_on_a_sheet_has_its_own_label(missing: int, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    goals = ["" if number == missing else GOAL for number in range(2)]
    for number, goal in enumerate(goals):
        for row in form(f"修剪{'甲乙'[number]}", goal):
            sheet.append(row)
        sheet.append([])
    path = tmp_path / "表.xlsx"
    book.save(path)
    found = places(path)
    label = 4 + missing * (len(HEAD) + 1)
    assert found["PGC109", f"修剪{'甲乙'[missing]}"]["cell"] == f"A{label}"
    assert ("PGC109", f"修剪{'乙甲'[missing]}") not in found


def test_a_class_without_a_row_is_told_at_its_printed_label(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in form("修剪甲", GOAL, "", ""):
        sheet.append(row)
    path = tmp_path / "表.xlsx"
    book.save(path)
    found = places(path)
    assert found["PGC102", "修剪甲"]["cell"] in ("A10", "B10")
    # No label of a cost class is printed: the finding is about the project, and stands at its name.
    assert found["PGC105", "修剪甲"]["cell"] == "B2"


def test_delimited_text_has_the_label_too(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("\n".join(",".join(row) for row in form("修剪甲", "")), encoding="utf-8")
    place = places(path)["PGC109", "修剪甲"]
    assert (place["row"], place["column"]) == (4, 1)
