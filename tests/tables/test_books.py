"""Books that say one thing of a project on each sheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_lint.model import Document, GoalTable, Location
from perfgoals_lint.tables import books
from tables.grid_drawing import draw
from tables.grid_reading import read, rows

MONEY = """
    |项目编码|项目名称|主管部门|年度预算（万元）|
    |K1|灯塔维修|海事站|12|
    |K2|浮标更换|海事站|8.5|
    """
GOALS = """
    |项目编码|年度绩效目标|
    |K2|更换浮标20座|
    |K1|维修灯塔2座|
    """
ROWS = """
    |项目编码|一级指标|二级指标|三级指标|指标值|
    |K1|产出指标|数量指标|维修灯塔|2座|
    |^|效益指标|社会效益指标|通航事故|≤1起|
    |K2|产出指标|数量指标|更换浮标|20座|
    """


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_sheets_are_joined_by_the_projects_codes(order: tuple[int, ...]) -> None:
    sheets = [draw(MONEY, sheet="资金"), draw(GOALS, sheet="目标"), draw(ROWS, sheet="指标")]
    document = read(*(sheets[index] for index in order))
    assert [
        (table.project_code, table.project_name, table.department, table.budget_yuan, table.annual_goal)
        for table in document.tables
    ] == [
        ("K1", "灯塔维修", "海事站", Decimal(120_000), "维修灯塔2座"),
        ("K2", "浮标更换", "海事站", Decimal("85000.0"), "更换浮标20座"),
    ]
    assert [rows(table) for table in document.tables] == [
        [
            ("产出指标", "数量指标", "维修灯塔", None, "2座"),
            ("效益指标", "社会效益指标", "通航事故", None, "≤1起"),
        ],
        [("产出指标", "数量指标", "更换浮标", None, "20座")],
    ]
    assert document.problems == []


def test_sheets_are_joined_by_name_where_there_is_no_code() -> None:
    document = read(
        draw(
            """
            |项目名称|预算金额（万元）|年度目标|
            |灯塔维修|12|维修灯塔2座|
            |浮标更换|8|更换浮标20座|
            """,
            sheet="一",
        ),
        draw(
            """
            |项目名称|一级指标|二级指标|三级指标|指标值|
            |浮标更换|产出指标|数量指标|更换浮标|20座|
            |灯塔维修|产出指标|数量指标|维修灯塔|2座|
            """,
            sheet="二",
        ),
    )
    assert [(table.project_name, rows(table)[0][2]) for table in document.tables] == [
        ("灯塔维修", "维修灯塔"),
        ("浮标更换", "更换浮标"),
    ]


def test_two_whole_tables_of_one_name_stay_two() -> None:
    form = """
        |项目名称|灯塔维修|<|<|
        |预算金额（万元）|12|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|维修灯塔|2座|
        """
    document = read(draw(form, sheet="申报"), draw(form, sheet="批复"))
    assert len(document.tables) == 2


@pytest.mark.parametrize("listed", [1, 2, 5])
@pytest.mark.parametrize("told", [0, 1, 2])
def test_projects_of_a_list_of_money_without_a_goal_table_are_said(listed: int, told: int) -> None:
    told = min(told, listed)
    names = [f"{place}渡口修缮" for place in ("东岸", "西岸", "南岸", "北岸", "中洲")[:listed]]
    money = ["|序号|项目名称|年度预算（万元）|", *(f"|{n}|{name}|{n}2|" for n, name in enumerate(names, 1))]
    form = "|项目名称|{}|<|<|\n|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|修缮渡口|3处|"
    other = [] if told else ["码头加固"]
    forms = [draw(form.format(name), sheet=name) for name in [*names[:told], *other]]
    document = read(draw("\n".join(money), sheet="汇总"), *forms)
    assert [table.project_name for table in document.tables] == [*names[:told], *other]
    said = [problem.args for problem in document.problems if problem.code == "PGX124"]
    left = names[told:]
    if (
        listed == 1 and left
    ):  # one row makes no list: its text stands outside of the tables, and is told there
        assert document.outside is not None
        assert document.outside.count == 4
        return
    assert said == ([{"projects": "、".join(left[:3]), "count": str(len(left))}] if left else [])


def test_tables_are_compared_with_those_of_their_project_only(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    are_parts = books._are_parts

    def counted(one: GoalTable, other: GoalTable) -> bool:
        compared.append(one)
        return are_parts(one, other)

    monkeypatch.setattr(books, "_are_parts", counted)
    places = [Location("", sheet=sheet) for sheet in ("目录", "目标表")]
    tables = [GoalTable(place, f"项目{number}") for place in places for number in range(200)]
    document = Document("", "xlsx", "grid", tables=tables)
    books.join_books(document)
    assert len(document.tables) == len(compared) == 200
