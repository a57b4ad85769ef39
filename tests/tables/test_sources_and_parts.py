"""Which sources of funds stand beside each other, which are parts of another one, and which are those of the whole project."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint.model import Cell, GoalTable, Grid, Source
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.tables.titles import title_year

PUBLIC = ["政府性基金", "上级补助资金", "上级转移支付", "中央补助", "专项债券资金"]
Boxes = list[tuple[str, str]]


def read(boxes: Boxes) -> GoalTable:
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称", "巷道照明"],
        *map(list, boxes),
        ["年度目标", "架设灯杆。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "架设灯杆", "≥30根"],
    ]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    (table,) = recognise(Source("表.xlsx", "xlsx", [Grid("表.xlsx", cells, len(rows), 4, sheet="表")])).tables
    return table


@pytest.mark.parametrize(("public", "other"), [*product(PUBLIC, ["50", "0"])])
def test_public_money_as_large_as_another_source_is_a_source(public: str, other: str) -> None:
    total = str(100 + int(other))
    boxes = [("年度资金总额（万元）", total), ("财政拨款", "50"), (public, "50"), ("其他资金", other)]
    table = read(boxes)
    assert table.funding_tree == {}
    assert sum((table.funding_yuan or {}).values()) == table.budget_yuan


def test_public_money_that_makes_up_the_rest_is_a_source() -> None:
    boxes = [
        ("年度资金总额（万元）", "100"),
        ("财政拨款", "50"),
        ("政府性基金", "30"),
        ("上级补助资金", "20"),
    ]
    table = read(boxes)
    assert (table.funding_tree, len(table.funding_yuan or {})) == ({}, 3)


@pytest.mark.parametrize("mark", ["", "其中："])
def test_public_money_that_makes_up_another_source_is_its_parts(mark: str) -> None:
    boxes = [("财政拨款", "60"), (f"{mark}中央补助", "40"), ("省级资金", "20"), ("其他资金", "30")]
    table = read([("年度资金总额（万元）", "90"), *boxes])
    assert table.funding_tree == {"财政拨款": {"中央补助": 400_000, "省级资金": 200_000}}
    assert table.funding_yuan == {"财政拨款": 600_000, "其他资金": 300_000}


@pytest.mark.parametrize("order", ["wbs", "bws", "wsb"])
def test_sources_are_those_of_the_amount_above_them(order: str) -> None:
    sources = [("其中：财政拨款", "150"), ("其他资金", "150")]
    boxes: dict[str, Boxes] = {
        "w": [("项目总投资（万元）", "300")],
        "b": [("年度资金总额（万元）", "200")],
        "s": sources,
    }
    table = read([box for one in order for box in boxes[one]])
    of_year = order == "wbs"
    assert table.budget_yuan == 2_000_000
    assert sum((table.funding_yuan or {}).values()) == (3_000_000 if of_year else 0)
    assert ("财政拨款" in table.fields) is not of_year


@pytest.mark.parametrize("label", ["子项金额", "子项资金"])
def test_the_amount_of_a_part_is_no_budget(label: str) -> None:
    assert read([(label, "20万元")]).budget_yuan is None


@pytest.mark.parametrize("dash", "-—–至")
def test_a_dash_is_a_span_only_behind_a_year(dash: str) -> None:
    for unit in ("青禾市市政局", "附件1"):
        assert title_year(f"{unit}{dash}2032年部门预算项目支出绩效目标表") == 2032
    for year in ("2030", "2030年"):
        assert title_year(f"{year}{dash}2032年部门预算项目支出绩效目标表") is None
