"""In which unit an amount is printed, and what happens where nothing says so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.model import Document
from tables.grid_drawing import draw, prose
from tables.grid_reading import read

HEAD = """
    |项目名称|灯塔维修|<|<|
    |{label}|{amount}|<|<|
    |年度目标|{goal}|<|<|
    |一级指标|二级指标|三级指标|指标值|
    |产出指标|数量指标|维修灯塔|2座|
    |成本指标|经济成本指标|维修成本|{cost}|
    {below}
    """


def form(
    amount: str,
    label: str = "预算金额",
    goal: str = "维修灯塔",
    cost: str = "节约",
    above: str = "",
    below: str = "",
) -> Document:
    picture = HEAD.format(
        label=label, amount=amount, goal=goal, cost=cost, below=below and f"|{below}|<|<|<|"
    )
    return read(*([prose(above)] if above else []), draw(picture))


@pytest.mark.parametrize(
    ("given_", "yuan", "unit", "origin"),
    [
        ({"amount": "30万元"}, 300_000, "万元", "printed"),
        ({"amount": "30", "label": "预算金额（万元）"}, 300_000, "万元", "printed"),
        ({"amount": "30", "label": "预算金额（元）"}, 30, "元", "printed"),
        ({"amount": "30", "above": "单位：千元"}, 30_000, "千元", "note"),
        ({"amount": "30", "above": "（金额单位：万 元）"}, 300_000, "万元", "note"),
        ({"amount": "300000", "below": "注：本表金额单位为元。"}, 300_000, "元", "note"),
        # Evidence: the same amount in the text, the size, the decimals, the order of what the text says.
        ({"amount": "30000", "goal": "投入3万元维修灯塔"}, 30_000, "元", "inferred"),
        ({"amount": "30000", "goal": "投入3亿元维修灯塔"}, 300_000_000, "万元", "inferred"),
        ({"amount": "50000", "cost": "≤50000万元"}, 500_000_000, "万元", "inferred"),
        ({"amount": "1255000.00"}, 1_255_000, "元", "inferred"),
        ({"amount": "12345.678"}, 123_456_780, "万元", "inferred"),
        ({"amount": "25.5"}, 255_000, "万元", "inferred"),
        ({"amount": "30000", "cost": "≤4.5万元"}, 30_000, "元", "inferred"),
        # A price for one is no amount of the whole.
        ({"amount": "30000", "goal": "每座补助3万元"}, None, None, "inferred"),
        ({"amount": "30000"}, None, None, "inferred"),
    ],
)
def test_where_the_unit_is_from(
    given_: dict[str, str], yuan: int | None, unit: str | None, origin: str
) -> None:
    document = form(**given_)
    (table,) = document.tables
    assert table.money_unit is not None
    assert (table.budget_yuan, table.money_unit.unit, table.money_unit.from_) == (
        None if yuan is None else Decimal(yuan),
        unit,
        origin,
    )
    told = {problem.code for problem in document.problems}
    assert ("PGX121" in told) == (origin == "inferred" and unit is not None)
    assert ("PGX122" in told) == (unit is None)


def test_both_readings_are_said_where_nothing_decides() -> None:
    (problem,) = form("30000").problems
    assert (problem.code, problem.args["yuan"], problem.args["wan"]) == ("PGX122", "30000", "300000000")


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.booleans())
def test_an_amount_is_never_multiplied_without_a_word(number: Decimal, prices: bool) -> None:
    document = form(str(number), cost="≤780元/座" if prices else "节约")
    (table,) = document.tables
    assert table.money_unit is not None
    factor = {"元": 1, "万元": 10_000, None: None}[table.money_unit.unit]
    assert table.budget_yuan == (None if factor is None else number * factor)
    assert [problem.code for problem in document.problems] == ["PGX122" if factor is None else "PGX121"]


def test_a_form_follows_the_others_of_its_document() -> None:
    first = draw(HEAD.format(label="预算金额", amount="30000", goal="投入3万元", cost="节约", below=""))
    second = draw(
        HEAD.format(label="预算金额", amount="45000", goal="巡查", cost="节约", below="").replace(
            "灯塔", "浮标"
        )
    )
    document = read(first, second)
    assert [table.budget_yuan for table in document.tables] == [Decimal(30_000), Decimal(45_000)]
    assert [problem.code for problem in document.problems] == ["PGX121"]


def test_parts_of_sources_are_not_summed_with_them() -> None:
    document = read(
        draw("""
        |项目名称|灯塔维修|<|<|
        |项目资金（万元）|资金总额|100|<|
        |^|一、财政拨款|80|<|
        |^|1.中央资金|50|<|
        |^|2.省级资金|30|<|
        |^|二、其他资金|20|<|
        |^|其中：单位自筹|15|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|维修灯塔|2座|
        """)
    )
    (table,) = document.tables
    assert table.funding_yuan == {"财政拨款": Decimal(800_000), "其他资金": Decimal(200_000)}
    assert table.funding_tree == {
        "财政拨款": {"中央资金": Decimal(500_000), "省级资金": Decimal(300_000)},
        "其他资金": {"单位自筹": Decimal(150_000)},
    }


UNITS = ("元", "万元", "千元")


@pytest.mark.parametrize("above", ["", *UNITS])
@pytest.mark.parametrize("label", ["", *UNITS])
@pytest.mark.parametrize("own", ["", *UNITS])
def test_two_units_for_one_amount_are_named(above: str, label: str, own: str) -> None:
    document = form(
        f"120{own}",
        label=f"预算金额（{label}）" if label else "预算金额",
        above=f"单位：{above}" if above else "",
    )
    said = [one.args for one in document.problems if one.code == "PGX152"]
    smaller = own and label and UNITS.index(own) == 0 and label != own
    contradicting = smaller if own else above and label and above != label
    assert bool(said) is bool(contradicting)
    if said:
        assert {said[0]["unit"], said[0]["other"]} == ({own, label} if own else {above, label})


@pytest.mark.parametrize("second", ["", *UNITS])
@pytest.mark.parametrize("first", UNITS)
@pytest.mark.parametrize("above", UNITS)
def test_a_note_is_overridden_where_every_label_has_one_unit(above: str, first: str, second: str) -> None:
    document = read(
        draw(f"""
        |单位：{above}|<|<|<|
        |项目名称|灯塔维修|主管部门|青禾县航道局|
        |资金总额（{first}）|1200000|其中：财政拨款{f"（{second}）" if second else ""}|1200000|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|维修灯塔|2座|
        """)
    )
    said = [one for one in document.problems if one.code == "PGX152"]
    assert bool(said) is ((first != above and second != first) or second not in ("", above, first))
