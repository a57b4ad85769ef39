"""Tables with several columns of values, or with classes in unusual columns, in every shape of text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from perfgoals_lint.model import Document, GoalTable, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise
from tables.grids.printing import CYCLE, GOAL, ROWS, Table, bars, blanks, cells, tabs

SHAPES: tuple[Callable[[Table], list[str]], ...] = (tabs, bars, cells, blanks)
LEVELS = ("一级指标", "二级指标", "三级指标")
TOWNS = ("石桥镇", "柳林乡", "东山镇", "沙河镇")
Headed = Callable[[Table], None]


def form(columns: int, header: Headed, rest: Callable[[int], tuple[str, ...]]) -> Table:
    """A form of one project whose rows have merged classes in front of the cells that ``rest`` gives."""
    table = Table(columns)
    table.row("项目名称", ("公交候车亭维修", columns - 1))
    table.row("预算金额（万元）", ("86.4", columns - 1))
    table.row("年度目标", (GOAL, columns - 1))
    header(table)
    for number, row in enumerate(ROWS):
        above = ROWS[number - 1] if number else ("", "")
        own: list[tuple[str, int, int]] = []
        for level in (0, 1):
            if row[: level + 1] != above[: level + 1]:
                same = sum(other[: level + 1] == row[: level + 1] for other in ROWS)
                own.append((row[level], 1, same))
        table.row(*own, *rest(number))
    return table


def read(lines: list[str]) -> Document:
    placed = [Line(text, Location("t.txt", line=n, column=1)) for n, text in enumerate(lines, 1)]
    return recognise(Source("t.txt", "text", [TextBlock(placed)]))


def only(document: Document) -> GoalTable:
    (table,) = document.tables
    assert table.project_name == "公交候车亭维修"
    return table


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("total", "towns"), list(product(("合计", "总计"), (2, 3, 4))))
def test_a_column_for_each_town_beside_the_sum(
    shape: Callable[[Table], list[str]], total: str, towns: int
) -> None:
    names = TOWNS[:towns]

    def rest(number: int) -> tuple[str, ...]:
        value = ROWS[number][3]
        return ROWS[number][2], value, *(value for _ in names)

    table = form(4 + towns, lambda made: made.row(*LEVELS, total, *names), rest)
    found = only(read(shape(table))).indicators
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in found] == ROWS
    assert all(set(row.columns) >= set(names) for row in found)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("times", "values"),
    [
        (("总目标", "2026年", "2027年"), lambda n: (CYCLE[n], ROWS[n][3], CYCLE[n])),
        (("三年目标", "2026年"), lambda n: (CYCLE[n], ROWS[n][3])),
        (("实施期目标", "年度目标"), lambda n: (CYCLE[n], ROWS[n][3])),
    ],
)
def test_times_below_the_name_of_values(
    shape: Callable[[Table], list[str]], times: tuple[str, ...], values: Callable[[int], tuple[str, ...]]
) -> None:
    def header(made: Table) -> None:
        made.row(*((name, 1, 2) for name in LEVELS), ("指标值", len(times)))
        made.row(*times)

    table = form(3 + len(times), header, lambda n: (ROWS[n][2], *values(n)))
    found = only(read(["（2026年度）", *shape(table)])).indicators
    assert [(row.level3, row.annual_value) for row in found] == [row[2:] for row in ROWS]
    assert [row.cycle_value for row in found] == CYCLE


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("behind", [(), ("绩效标准",), ("绩效标准", "备注")])
def test_values_of_years_before(shape: Callable[[Table], list[str]], behind: tuple[str, ...]) -> None:
    def header(made: Table) -> None:
        made.row(*((name, 1, 2) for name in LEVELS), ("指标值", 3), *((name, 1, 2) for name in behind))
        made.row("前年", "上年", "预计当年实现")

    def rest(number: int) -> tuple[str, ...]:
        before = CYCLE[number].lstrip("≥≤")
        return ROWS[number][2], before, before, ROWS[number][3], *("计划标准" for _ in behind)

    found = only(read(shape(form(6 + len(behind), header, rest)))).indicators
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in found] == ROWS


@pytest.mark.parametrize("shape", SHAPES)
def test_classes_of_both_levels_in_one_cell(shape: Callable[[Table], list[str]]) -> None:
    table = Table(4)
    table.row("项目名称", ("公交候车亭维修", 3))
    table.row("序号", "指标类别", "指标名称", "年度目标值")
    for number, (first, second, name, value) in enumerate(ROWS, 1):
        table.row(str(number), f"{first}-{second}", name, value)
    found = only(read(shape(table))).indicators
    assert [(row.level1, row.level2, row.level3, row.annual_value) for row in found] == ROWS


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("counts", [(1, 1, 1), (2, 1, 1), (3, 2, 1)])
def test_classes_below_those_of_an_investment_plan(
    shape: Callable[[Table], list[str]], counts: tuple[int, ...]
) -> None:
    inner = ("产出指标", "效益指标", "满意度指标")
    rows = [
        (own, f"{own[:2]}考核第{n}项内容")
        for own, count in zip(inner, counts, strict=True)
        for n in range(count)
    ]
    table = Table(4)
    table.row("专项名称", ("公交候车亭维修", 3))
    table.row("下达地方或单位", ("桐山县", 3))
    table.row("本次下达中央预算内投资（万元）", ("320", 3))
    table.row(*LEVELS, "指标值")
    for number, (own, name) in enumerate(rows):
        over = [("实施效果指标", 1, len(rows))] if number == 0 else []
        begins = number == 0 or rows[number - 1][0] != own
        table.row(*over, *([(own, 1, counts[inner.index(own)])] if begins else []), name, f"≥{number + 3}处")
    table.row(("过程管理指标", 1, 2), "计划管理指标", "计划分解用时", "≤20个工作日")
    table.row("资金管理指标", "投资支付率", "≥75%")
    found = only(read(shape(table)))
    assert found.budget_yuan == 3_200_000
    assert [(row.level1, row.level2, row.level3) for row in found.indicators] == [
        *(("实施效果指标", *row) for row in rows),
        ("过程管理指标", "计划管理指标", "计划分解用时"),
        ("过程管理指标", "资金管理指标", "投资支付率"),
    ]
    assert {row.level1_class for row in found.indicators[: len(rows)]} == {
        "output",
        "benefit",
        "satisfaction",
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("numbered", [False, True])
def test_a_list_with_a_column_for_each_class(shape: Callable[[Table], list[str]], numbered: bool) -> None:
    names = ("项目名称", "主管部门", "预算金额（万元）", "绩效目标", "产出指标", "效益指标", "满意度指标")
    table = Table(len(names) + numbered)
    table.row(*(("序号",) if numbered else ()), *names)
    for number, name in enumerate(("渡口维护", "栈桥检修", "航标更新"), 1):
        lists = (
            f"{name}数量：≥{number}处；{name}合格率：≥95%",
            f"{name}服务人次：≥{number}万人次",
            "船民满意度：≥90%",
        )
        own = (name, "桐山县交通运输局", f"{number * 12}.5", f"完成{name}，方便群众。", *lists)
        table.row(*((str(number),) if numbered else ()), *own)
    document = read(shape(table))
    assert [made.project_name for made in document.tables] == ["渡口维护", "栈桥检修", "航标更新"]
    for made in document.tables:
        assert [row.level1 for row in made.indicators] == ["产出指标", "产出指标", "效益指标", "满意度指标"]
        assert made.indicators[1].annual_value == "≥95%"
