"""Sub-totals that stand below their projects, named in the column of the units: read as totals, right ones and wrong ones."""

from __future__ import annotations

import pytest

from perfgoals_lint import read
from perfgoals_lint.lint.engine import engine_of_figures

HEAD = "序号,单位名称,项目名称,预算金额（万元）,年度绩效目标,数量指标"
UNITS = {"河湾县排水所": (40, 25), "河湾县灯塔站": (30, 12)}


def listed(names: list[str], wrong: int) -> str:
    """The projects of the units, each unit with a sub-total below them, of which the last is ``wrong`` by so much."""
    lines, number = [HEAD], 0
    for name in names:
        for amount in UNITS[name]:
            number += 1
            lines.append(
                f"{number},{name},第{number}段检修,{amount},完成第{number}段检修并保持畅通,检修长度≥{number}公里"
            )
        over = wrong if name == names[-1] else 0
        lines.append(f",{name}小计,,{sum(UNITS[name]) + over},,")
    return "\n".join([*lines, f",合计,,{sum(sum(UNITS[name]) for name in names)},,"])


@pytest.mark.parametrize("names", [["河湾县排水所"], ["河湾县排水所", "河湾县灯塔站"]])
@pytest.mark.parametrize("wrong", [0, -10, 7])
def test_a_subtotal_below_its_projects_is_compared_with_them(names: list[str], wrong: int) -> None:
    result = engine_of_figures().check(read(listed(names, wrong).encode(), "清单.csv"))
    document = result.document
    assert [total.name for total in document.totals] == [*(f"{name}小计" for name in names), "合计"]
    assert {table.unit for table in document.tables} == set(names)
    assert [total.first for total in document.totals[:-1]] == [2 * number for number in range(len(names))]
    codes = {finding.rule for finding in result.findings}
    assert ("PGK602" in codes) == bool(wrong)
    assert "PGX107" not in codes


@pytest.mark.parametrize("end", ["小计", "合计", " 小计", "（小计）"])
@pytest.mark.parametrize("wrong", [0, 3])
def test_a_subtotal_over_its_projects_names_their_unit(end: str, wrong: int) -> None:
    lines = ["项目名称,预算金额（万元）,年度绩效目标,数量指标"]
    for name, amounts in UNITS.items():
        lines.append(f"{name}{end},{sum(amounts) + wrong},,")
        lines += [f"第{n}段检修,{n},完成第{n}段检修并保持畅通,检修长度≥{n}公里" for n in amounts]
    document = read("\n".join(lines).encode(), "清单.csv")
    assert [table.unit for table in document.tables] == [name for name in UNITS for _ in UNITS[name]]


@pytest.mark.parametrize("grand", ["合计", "总计"])
@pytest.mark.parametrize("goal", ["", "完成全部检修并保持畅通"])
def test_the_sum_of_all_projects_is_none_of_the_projects_that_a_subtotal_adds_up(
    grand: str, goal: str
) -> None:
    """The first project alone would make up the sum, were the row of all counted among the projects."""
    amounts = [amount for own in UNITS.values() for amount in own]
    lines = ["项目名称,预算金额（万元）,年度绩效目标,数量指标", f"{grand},{sum(amounts)},{goal},"]
    for name, own in UNITS.items():
        lines.append(f"{name},{sum(own)},,")
        lines += [f"第{n}段检修,{n},完成第{n}段检修并保持畅通,检修长度≥{n}公里" for n in own]
    document = read("\n".join(lines).encode(), "清单.csv")
    assert [table.unit for table in document.tables] == [name for name in UNITS for _ in UNITS[name]]
    assert [(total.first, total.last) for total in document.totals] == [(0, 3), (0, 1), (2, 3)]
