"""Lists whose name is left blank in the row of a project, which is one of its own all the same."""

from __future__ import annotations

import pytest

from tables.grid_drawing import draw
from tables.grid_reading import read

COLUMNS = {"number": "序号", "code": "项目编码", "amount": "预算金额（万元）", "goal": "年度绩效目标"}
FIRST = {"number": "1", "code": "P2601", "amount": "36", "goal": "疏浚渠道4公里"}
SECOND = {"number": "2", "code": "P2602", "amount": "18", "goal": "加固堤段2处"}


def listed(told: frozenset[str], name: str) -> str:
    head = "|".join(
        [COLUMNS["number"], COLUMNS["code"], "项目名称", COLUMNS["amount"], COLUMNS["goal"], "数量指标"]
    )
    rows = []
    for values, shown, own in ((FIRST, "渠道疏浚", frozenset(FIRST)), (SECOND, name, told)):
        cells = {key: values[key] if key in own else "" for key in values}
        rows.append(
            f"|{cells['number']}|{cells['code']}|{shown}|{cells['amount']}|{cells['goal']}|处数：≥2处|"
        )
    return "\n".join(["|项目支出绩效目标汇总表|<|<|<|<|<|", f"|{head}|", *rows])


@pytest.mark.parametrize("own", ["number", "code", "amount"])
def test_a_row_with_figures_and_goal_of_its_own_is_a_project(own: str) -> None:
    document = read(draw(listed(frozenset({own, "goal"}), "")))
    first, second = document.tables
    assert (first.project_name, second.project_name) == ("渠道疏浚", "")
    assert (first.annual_goal, second.annual_goal) == (FIRST["goal"], SECOND["goal"])
    assert "project_name" in second.labels
    assert second.budget_yuan == (180000 if own == "amount" else None)


@pytest.mark.parametrize("told", [{"goal"}, {"number"}, {"amount"}, set()])
@pytest.mark.parametrize("name", ["", "^"])
def test_what_goes_on_with_a_row_is_none(told: set[str], name: str) -> None:
    assert len(read(draw(listed(frozenset(told), name))).tables) == 1


def test_a_name_merged_down_to_a_row_is_its_name() -> None:
    assert len(read(draw(listed(frozenset(SECOND), "^"))).tables) == 1


@pytest.mark.parametrize("mark", ["（续）", "(续)", "（续表）", "（续一）", "（接上页）"])
@pytest.mark.parametrize("same", [True, False])
def test_a_name_with_the_mark_of_a_rest_goes_on_with_the_project(mark: str, same: bool) -> None:
    name = ("渠道疏浚" if same else "堤段加固") + mark
    document = read(draw(listed(frozenset({"goal"}), name)))
    assert [table.project_name for table in document.tables] == ["渠道疏浚", *([] if same else [name])]
