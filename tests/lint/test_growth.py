"""No rule's work grows faster than its input: tables with twice as much of one thing, counted in calls."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from perfgoals_lint.lint.context import Table
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.rule import Rule

LEVELS = [
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("成本指标", "经济成本指标"),
    ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"),
]  # fmt: skip
NAMES = ("修剪苗木数量", "苗木成活率", "完成时间", "苗木养护成本", "带动就业人数", "居民满意度")
VALUES = ("≥{n}株", "≥9{d}%", "2026年{m}月底前", "≤{n}万元", "{n}人", "≥8{d}%")
PLACES = ["青石滩", "白桦岭", "南湾", "云台", "柳林", "北渡"]


def _row(dice: random.Random, number: int, name: str = "", value: str = "") -> Indicator:
    kind = number % len(LEVELS)
    level1, level2 = LEVELS[kind]
    text = value or VALUES[kind].format(n=dice.randint(2, 9999), d=dice.randint(0, 9), m=dice.randint(1, 12))
    made = Indicator(
        level1=level1,
        level2=level2,
        level3=name or f"{dice.choice(PLACES)}{NAMES[kind]}{number}",
        annual_value=text,
        cycle_value=text,
        description=f"{dice.choice(PLACES)}每年{text}",
        weight="2",
        number=str(number + 1),
    )
    made.level1_class, made.level2_class = classify(level1, 1), classify(level2, 2)
    made.locations = {
        "level3": Location("x", line=number + 2),
        "annual_value": Location("x", line=number + 2),
    }
    return made


def _goal(dice: random.Random, sentences: int) -> str:
    parts = []
    for number in range(sentences):
        count, price = dice.randint(2, 900), dice.randint(2, 90)
        parts.append(
            f"{number + 1}.在{dice.choice(PLACES)}修剪{count}株苗木，每株{price}元，共{count * price}元，"
            f"第{number}片区满意度达9{dice.randint(0, 9)}%以上。"
        )
    return "".join(parts)


def _table(rows: list[Indicator], goal: str, number: int = 0) -> GoalTable:
    made = GoalTable(Location("x", line=1), f"苗木养护{number}", indicators=rows)
    made.annual_goal, made.cycle_goal, made.fiscal_year = goal, f"三年内，{goal}", 2026
    made.budget_yuan, made.funding_yuan = Decimal(2_000_000), {"财政拨款": Decimal(2_000_000)}
    made.unit, made.project_code = f"园林所{number % 7}", f"P{number}"
    return made


def _rows(size: int) -> list[GoalTable]:
    dice = random.Random(1)
    return [_table([_row(dice, number) for number in range(size)], _goal(dice, 3))]


def _prose(size: int) -> list[GoalTable]:
    dice = random.Random(2)
    return [_table([_row(dice, number) for number in range(12)], _goal(dice, size))]


def _goals(size: int) -> list[GoalTable]:
    """Two goals that say the same but for all their figures."""
    made = _table([_row(random.Random(7), number) for number in range(6)], _goal(random.Random(8), size))
    made.cycle_goal = _goal(random.Random(9), size)
    return [made]


def _names(size: int) -> list[GoalTable]:
    dice = random.Random(3)
    long = "、".join(f"{dice.choice(PLACES)}第{number}号苗木" for number in range(size))
    return [_table([_row(dice, number, f"{long}{NAMES[number % 6]}") for number in range(6)], _goal(dice, 3))]


def _figures(size: int) -> list[GoalTable]:
    dice = random.Random(4)
    many = "；".join(f"{dice.choice(PLACES)}{dice.randint(2, 99)}株" for _ in range(size))
    sums = "+".join(f"{dice.randint(2, 99)}万元" for _ in range(size))
    return [
        _table(
            [_row(dice, number, value=many) for number in range(6)], f"项目投入{sums}，共计200万元。{many}。"
        )
    ]


def _tables(size: int) -> list[GoalTable]:
    dice = random.Random(5)
    return [
        _table([_row(dice, number) for number in range(6)], _goal(dice, 2), index) for index in range(size)
    ]


def _rows_and_prose(size: int) -> list[GoalTable]:
    """Rows that a goal speaks of one by one: each sentence has the figures of a row."""
    dice = random.Random(6)
    rows = [_row(dice, number, value=f"≥{number + 2}株") for number in range(size)]
    said = "，".join(f"{row.level3}达到{number + 2}株" for number, row in enumerate(rows))
    return [_table(rows, f"{said}。{_goal(dice, size)}")]


def _prices(size: int) -> list[GoalTable]:
    """Rows of what one of something costs, beside a goal that says such prices."""
    dice = random.Random(10)
    rows = [_row(dice, 3, f"每株苗木养护成本{number}", f"≤{number + 100}元") for number in range(size)]
    return [_table(rows, _goal(dice, size))]


SHAPES: dict[str, tuple[Callable[[int], list[GoalTable]], int]] = {
    "rows": (_rows, 24), "prose": (_prose, 8), "names": (_names, 8), "figures": (_figures, 8), "tables": (_tables, 8),
    "rows and prose": (_rows_and_prose, 8), "prices": (_prices, 8), "goals": (_goals, 8),
}  # fmt: skip


def calls(rule: Rule, tables: list[GoalTable]) -> int:
    """How many functions are called while one rule is asked about a document, what is remembered left out."""
    document = Document("x", "text", "made-up", tables)
    count = 0

    def counted(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    engine = Engine([rule], forced=frozenset({rule.code}))
    sys.setprofile(counted)
    try:
        engine.check(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_much_takes_no_more_than_about_twice_the_calls(shape: str) -> None:
    make, size = SHAPES[shape]
    grown = [make(size), make(2 * size), make(4 * size)]
    book = list(rulebook.load())
    for tables in grown:  # what is read of the texts is remembered, and is not the work of one rule
        Engine(book).check(Document("x", "text", "made-up", tables))
    steep = {rule.code: counts for rule in book if is_steep(counts := _counts(rule, grown))}
    assert steep == {}


def _counts(rule: Rule, grown: list[list[GoalTable]]) -> list[int]:
    """The calls for each size; the rule is asked once before, so that what it loads once counts for none of them."""
    calls(rule, grown[0])
    return [calls(rule, tables) for tables in grown]


def is_steep(counts: list[int]) -> bool:
    """Of linear work the second step is twice the first, of quadratic work four times. What is done once, with the
    first of the tables, makes the first step smaller and the second no larger."""
    once, twice, four = counts
    return four - twice > 2.5 * (twice - once) + 400


def test_work_in_pairs_would_be_seen() -> None:
    def pairs(table: Table, rule: Rule) -> Iterator[Violation]:
        for one in table.rows:
            for other in table.rows:
                if one.name.startswith(other.name + "·"):
                    yield Violation(row=one)

    def nothing(table: Table, rule: Rule) -> Iterator[Violation]:
        yield from ()

    known = rulebook.load().rules["PGC101"]
    rule, idle = (replace(known, needs=(), bound=bound) for bound in (pairs, nothing))
    make, size = SHAPES["rows"]
    grown = [make(factor * size) for factor in (1, 2, 4)]
    for tables in grown:
        calls(idle, tables)
    # What the engine itself does for a table grows with it, and is no work of the rule.
    assert is_steep([calls(rule, tables) - calls(idle, tables) for tables in grown])
    assert not is_steep([calls(idle, tables) for tables in grown])


def test_what_rules_on_rows_ask_of_their_table_is_asked_once() -> None:
    nowhere = {"rows": {"name": {"contains": ["没有这样的指标"]}}}
    check = {"kind": "forbidden", "where": {"filled": True, "table": nowhere}}
    rule = replace(rulebook.load().rules["PGC107"], check=check, scope="row", needs=(), bound=None)
    make, size = SHAPES["rows"]
    assert not is_steep(_counts(rule, [make(factor * 3 * size) for factor in (1, 2, 4)]))
