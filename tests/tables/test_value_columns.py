"""Several columns of values, headers whose merged cells are lost, cells that hold the indicators of several classes."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint import Content, check
from perfgoals_lint.model import Cell, Document, Grid, Indicator, Source
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw
from tables.grid_reading import only, read, rows

ROWS = [
    ("产出指标", "数量指标", "砌筑长度"),
    ("产出指标", "质量指标", "通过率"),
    ("效益指标", "社会效益指标", "受益农户"),
]
VALUES = ["≥120米", "≥131米", "≥142米", "≥153米", "≥164米"]


def _form(over: str, names: list[str], merged: bool, title: str = "项目支出绩效目标表") -> Document:
    """A form with columns of values under one name; where ``merged`` is false, merged cells are lost."""
    heads = ["一级指标", "二级指标", "三级指标"]
    below = 2 if merged else 1
    cells = [Cell(0, 0, title), Cell(1, 0, "项目名称"), Cell(1, 1, "砌筑护坡")]
    cells += [Cell(2, c, head, row_span=below) for c, head in enumerate(heads)]
    cells += [Cell(2, 3, over, column_span=len(names) if merged else 1)]
    cells += [Cell(3, 3 + c, name) for c, name in enumerate(names)]
    for r, row in enumerate(ROWS):
        cells += [Cell(4 + r, c, text) for c, text in enumerate((*row, *VALUES[: len(names)]))]
    grid = Grid("甲.xlsx", cells, 4 + len(ROWS), 3 + len(names), sheet="表")
    return recognise(Source("甲.xlsx", "xlsx", [grid]))


TOLD = [
    (["前年实际", "上年实际", "本年预计"], 2),
    (["2024年实际", "2025年预计", "2026年目标"], 2),
    (["一季度", "二季度", "三季度", "四季度", "全年"], 4),
    (["合计", "东岭镇", "西坡镇"], 0),
    (["上年完成值", "当年目标值"], 1),
]
OPEN = [
    ["优", "良", "中", "差"],
    ["第一季度", "第二季度", "第三季度", "第四季度"],
    ["东岭镇", "西坡镇"],
]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("names", "target"), TOLD)
@pytest.mark.parametrize("over", ["指标值", "年度目标值"])
def test_the_column_that_says_so_is_the_target(
    over: str, names: list[str], target: int, merged: bool
) -> None:
    (table,) = _form(over, names, merged).tables
    assert [(i.level1, i.level2, i.level3) for i in table.indicators] == ROWS
    assert {i.annual_value for i in table.indicators} == {VALUES[target]}
    others = {name: value for k, (name, value) in enumerate(zip(names, VALUES, strict=False)) if k != target}
    assert all(i.columns == others for i in table.indicators)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("names", OPEN)
def test_where_none_says_so_all_are_kept_and_it_is_said(names: list[str], merged: bool) -> None:
    document = _form("指标值", names, merged)
    (table,) = document.tables
    assert [(i.level3, i.annual_value) for i in table.indicators] == [(row[2], None) for row in ROWS]
    assert all(i.columns == dict(zip(names, VALUES, strict=False)) for i in table.indicators)
    (said,) = (problem for problem in document.problems if problem.code == "PGX170")
    assert said.args["headings"] == "、".join(names)


def test_rules_take_rows_whose_values_are_in_doubt() -> None:
    """Rows of one name, classes with figures of a whole county: no rule may expect a value."""
    text = "项目名称,砌筑护坡,,,,\n预算金额（万元）,5,,,,\n一级指标,二级指标,三级指标,指标值,,\n,,,优,良,差\n"
    named = [("效益指标", "经济效益指标", "全县生产总值增长率")] * 2 + [ROWS[0]] * 2
    text += "\n".join(",".join((*row, *VALUES[:3])) for row in named) + "\n"
    (result,) = check(Content("甲.csv", text.encode()))
    rules = {finding.rule for finding in result.findings}
    assert "PGX170" in rules
    assert "PGX201" not in rules


def test_a_target_in_doubt_is_not_reported_as_missing() -> None:
    text = "项目名称,砌筑护坡,,,,\n一级指标,二级指标,三级指标,指标值,,\n,,,优,良,差\n"
    text += "\n".join(",".join((*row, *VALUES[:3])) for row in ROWS) + "\n"
    (result,) = check(Content("甲.csv", text.encode()))
    assert "PGX170" in {finding.rule for finding in result.findings}
    assert not {"PGC107", "PGN511"} & {finding.rule for finding in result.findings}


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_of_columns_named_by_years_the_budgets_year_counts(year: int) -> None:
    names = ["2026年", "2027年", "2028年"]
    (table,) = _form("指标值", names, True, f"{year}年度项目支出绩效目标表").tables
    assert {i.annual_value for i in table.indicators} == {VALUES[year - 2026]}


@pytest.mark.parametrize(
    "numbers", [["1", "2", "3", "4"], ["（1）", "（2）", "（3）", "（4）"], ["甲", "乙", "1", "2"]]
)
def test_a_row_that_counts_the_columns_is_no_indicator(numbers: list[str]) -> None:
    table = only(
        draw(f"""
        |项目名称|砌筑护坡|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |{"|".join(numbers)}|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert rows(table) == [("产出指标", "数量指标", "砌筑长度", None, "≥120米")]


def test_a_sign_and_a_unit_of_their_own_belong_to_both_values() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|<|<|<|
        |一级指标|二级指标|三级指标|符号|三年目标值|年度目标值|计量单位|
        |产出指标|数量指标|砌筑长度|≥|360|120|米|
        """)
    )
    assert rows(table) == [("产出指标", "数量指标", "砌筑长度", "≥360米", "≥120米")]


def test_classes_under_each_others_names_are_told_by_what_they_are() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|
        |指标类型|指标分类|绩效指标|指标目标|
        |产出指标|数量指标|砌筑长度|≥120米|
        |效益指标|社会效益指标|受益农户|≥310户|
        """)
    )
    assert [row[:2] for row in rows(table)] == [("产出指标", "数量指标"), ("效益指标", "社会效益指标")]


def test_indicators_and_goals_may_head_names_and_values() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|
        |指标类别|指标|目标|
        |数量指标|砌筑长度|≥120米|
        |质量指标|通过率|100%|
        """)
    )
    assert [row[2:] for row in rows(table)] == [
        ("砌筑长度", None, "≥120米"),
        ("通过率", None, "100%"),
    ]


def _listed(text: str) -> list[Indicator]:
    document = read(
        draw(f"""
        |项目名称|预算金额（万元）|绩效目标|绩效指标|
        |砌筑护坡|12|砌筑护坡120米。|{text}|
        """)
    )
    indicators: list[Indicator] = document.tables[0].indicators
    return indicators


OPENED = ["{}：", "{}:", "【{}】", "一、{}："]
JOINED = [
    "砌筑长度≥120米；疏沟长度≥30米",
    "砌筑长度：≥120米，疏沟长度：≥30米",
    "1.砌筑长度：≥120米 2.疏沟长度：≥30米",
]


@pytest.mark.parametrize(("opened", "joined"), list(itertools.product(OPENED, JOINED)))
def test_a_cell_prints_the_classes_in_front_of_their_indicators(opened: str, joined: str) -> None:
    text = f"{opened.format('数量指标')}{joined}；{opened.format('质量指标')}通过率≥95%；"
    assert [(i.level2, i.level3, i.annual_value) for i in _listed(text)] == [
        ("数量指标", "砌筑长度", "≥120米"),
        ("数量指标", "疏沟长度", "≥30米"),
        ("质量指标", "通过率", "≥95%"),
    ]


def test_a_class_of_both_levels_is_of_the_second_among_such() -> None:
    text = "数量指标：砌筑长度≥120米；成本指标：每米造价≤300元；社会效益指标：受益农户≥310户；"
    assert [(i.level1, i.level2) for i in _listed(text)] == [
        (None, "数量指标"),
        (None, "成本指标"),
        (None, "社会效益指标"),
    ]


def test_labels_over_their_values_and_the_goal_below_its_own() -> None:
    table = only(
        draw("""
        |项目名称|主管部门|实施单位|预算金额（万元）|
        |砌筑护坡|某水利局|某水管站|120|
        |年度绩效目标|<|<|<|
        |砌筑护坡120米。|<|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert (table.project_name, table.unit, table.budget_yuan) == ("砌筑护坡", "某水管站", 1_200_000)
    assert table.annual_goal == "砌筑护坡120米。"


def test_an_overall_goal_beside_that_of_the_year_is_the_periods() -> None:
    table = only(
        draw("""
        |项目名称|砌筑护坡|<|<|
        |总体绩效目标|三年砌筑护坡360米。|<|<|
        |2026年绩效目标|砌筑护坡120米。|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|砌筑长度|≥120米|
        """)
    )
    assert (table.cycle_goal, table.annual_goal) == ("三年砌筑护坡360米。", "砌筑护坡120米。")
