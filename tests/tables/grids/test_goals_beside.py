"""Goals of period and year under one label, amounts named twice, classes over both levels, nameless sub-totals."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfgoals_lint
from perfgoals_lint.tables.headings import box_field

CYCLE, ANNUAL = "三年内完成全部河道清淤，水质达标。", "本年完成东河清淤12公里，保障行洪。"
NAME = "项目名称 | 河道清淤整治\n"
SUBHEADS = f"总体目标 | 实施期目标 | 年度目标\n总体目标 | {CYCLE} | {ANNUAL}\n"
ALONE = f"总体目标 | {CYCLE} | {ANNUAL}\n"
BOTH = (
    "一级指标 | 二级指标 | 三级指标 | 实施期指标值 | 年度指标值\n"
    "产出指标 | 数量指标 | 清淤河道长度 | ≥36公里 | ≥12公里\n"
    " | 质量指标 | 验收合格率 | ≥95% | ≥95%\n"
    "效益指标 | 社会效益指标 | 受益人口 | ≥3万人 | ≥1万人\n"
)


def read(text: str, path: Path, name: str = "表.txt") -> perfgoals_lint.Document:
    file = path / name
    file.write_text(text, encoding="utf-8")
    return perfgoals_lint.read(str(file))


@pytest.mark.parametrize("goals", [SUBHEADS, ALONE])
def test_goals_side_by_side(goals, tmp_path):
    (table,) = read(NAME + goals + BOTH, tmp_path).tables
    assert (table.cycle_goal, table.annual_goal) == (CYCLE, ANNUAL)


@pytest.mark.parametrize("more", ["河湾段 | 下游段", "河湾段 | 下游段\n上游段 | 闸口段"])
@pytest.mark.parametrize("heads", ["总体目标 | 实施期目标 | 年度目标", "实施期目标 | 年度目标"])
def test_rows_below_the_texts_of_two_goals_are_none_of_them(heads, more, tmp_path):
    lines = f"{heads}\n{CYCLE} | {ANNUAL}\n{more}\n"
    document = read(NAME + lines + BOTH, tmp_path)
    (table,) = document.tables
    assert not {"河湾段", "上游段"} & {*(table.cycle_goal or "").splitlines()}
    assert not {"下游段", "闸口段"} & {*(table.annual_goal or "").splitlines()}


def test_two_texts_beside_one_label_are_in_doubt_without_values_of_both(tmp_path):
    rows = "\n".join(" | ".join(line.split(" | ")[:4]) for line in BOTH.splitlines())
    document = read(NAME + ALONE + rows.replace("实施期指标值", "指标值") + "\n", tmp_path)
    assert "PGX104" in {problem.code for problem in document.problems}


@pytest.mark.parametrize("label", ["满意度指标", "服务对象满意度指标", "社会公众或服务对象满意度指标"])
def test_a_class_below_the_header_of_the_first_level(label, tmp_path):
    last = f"{label} | 群众满意度 | ≥90% | ≥90%\n"
    (table,) = read(NAME + ALONE + BOTH + last, tmp_path).tables
    row = table.indicators[-1]
    assert (row.level1, row.level2, row.level3, row.annual_value) == (label, None, "群众满意度", "≥90%")


@pytest.mark.parametrize("first", ["年度", "本年", "实施期"])
@pytest.mark.parametrize("second", ["资金总额", "资金合计", "预算总额"])
def test_two_names_of_an_amount_are_one(first, second):
    assert box_field(f"{first}预算{second}") == ("cycle_budget" if first == "实施期" else "budget")


def test_a_nameless_subtotal_is_no_unit_and_adds_up_what_is_above(tmp_path):
    document = read(
        "| 项目名称 | 预算金额（万元） | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 青禾县水务局 | 85 | | | | | |\n"
        "| 河道清淤整治 | 60 | 完成清淤 | 产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 |\n"
        "| 小计 | 60 | | | | | |\n"
        "| 水库巡查 | 25 | 完成巡查 | 产出指标 | 数量指标 | 巡查次数 | ≥12次 |\n",
        tmp_path,
        "表.md",
    )
    assert [table.unit for table in document.tables] == ["青禾县水务局"] * 2
    assert [(total.first, total.last) for total in document.totals] == [(0, 1), (0, 0)]


def test_labels_in_running_text_are_no_other_kind_of_file(tmp_path):
    text = "项目情况。产出指标：数量指标（养护里程10公里）；效益指标：受益村5个；满意度指标：村民满意。\n"
    codes = {problem.code for problem in read(text, tmp_path).problems}
    assert "PGX105" not in codes
