"""A filled box whose amount or year cannot be read is named with its place; blanks and dashes stay silent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals_lint.model import Document, Period
from perfgoals_lint.tables.recognise import recognise
from tables.grid_drawing import draw, source
from tables.invented import doubts, source_of

FORM = """
    |项目支出绩效目标表|<|<|<|
    |项目名称|渡口护栏更新|起始年度|{start}|
    |预算年度|{year}|到期年度|{end}|
    |预算金额（万元）|{budget}|财政拨款|{fiscal}|
    |年度目标|更新护栏30处|<|<|
    |一级指标|二级指标|三级指标|指标值|
    |产出指标|数量指标|更新护栏|≥30处|
    """
FILLED = {"start": "2026", "year": "2026", "end": "2028", "budget": "30", "fiscal": "30"}


def form(**boxes: str) -> Document:
    return recognise(source(draw(FORM.format(**FILLED | boxes))))


def unread(document: Document) -> list[tuple[str, str | None, str]]:
    return [(p.code, p.location.cell, p.args["text"]) for p in doubts(document)]


@pytest.mark.parametrize(
    "text",
    ["？", "约30万", "三十余万元", "30万元-35万元", "30，0万元", "待定", "若干", "叁拾万元伍角", "3O万元"],
)
@pytest.mark.parametrize(("name", "cell"), [("budget", "B4"), ("fiscal", "D4")])
def test_a_box_that_is_no_amount_is_named(text: str, name: str, cell: str) -> None:
    document = form(**{name: text})
    assert unread(document) == [("PGX106", cell, text)]
    (table,) = document.tables
    assert (table.budget_yuan is None) == (name == "budget")
    assert (table.funding_yuan is None) == (name == "fiscal")


def test_two_amounts_in_one_box_are_none() -> None:
    grid = draw(FORM.format(**FILLED | {"budget": "两个"}))
    next(cell for cell in grid.cells if cell.text == "两个").text = "30万元/35万元"
    document = recognise(source(grid))
    assert unread(document) == [("PGX106", "B4", "30万元/35万元")]
    assert document.problems[0].args["box"] == "预算金额（万元）"


@pytest.mark.parametrize("text", ["", "-", "—", "——", "0", "0.00", "无", "万元"])
def test_an_empty_amount_is_no_problem(text: str) -> None:
    assert form(budget=text).problems == form(fiscal=text).problems == []


@pytest.mark.parametrize(
    "text", ["三十万元", "叁拾万元整", "人民币叁拾万圆整", "30万元整", "30万元", "300，000元", "¥30"]
)
def test_amounts_in_characters_are_read(text: str) -> None:
    document = form(budget=text)
    assert document.problems == []
    assert document.tables[0].budget_yuan == Decimal(300_000)


@pytest.mark.parametrize(("start", "end"), [("二〇二六", "二〇二八年"), ("二○二六年一月", "2028")])
def test_years_in_characters_are_read(start: str, end: str) -> None:
    document = form(start=start, end=end, year="二零二六年")
    assert document.problems == []
    assert (document.tables[0].period, document.tables[0].fiscal_year) == (Period(2026, 2028), 2026)


@pytest.mark.parametrize(("name", "cell"), [("start", "D2"), ("year", "B3"), ("end", "D3")])
def test_a_box_that_is_no_year_is_named(name: str, cell: str) -> None:
    assert unread(form(**{name: "2O26"})) == [("PGX106", cell, "2O26")]
    assert form(**{name: "-"}).problems == []


def test_a_period_with_a_letter_for_a_digit_is_named() -> None:
    grid = draw("|项目名称|护坡|\n|实施周期|2026-2O28年|\n|年度目标|完成|")
    document = recognise(source(grid))
    assert unread(document) == [("PGX106", "B2", "2026-2O28年")]


def test_the_amount_of_a_listed_project_is_named() -> None:
    grid = draw("""
        |项目名称|总计|财政拨款|绩效目标|绩效指标|
        |护坡|若干|3.00|完成|1、产出指标:数量,年度指标值:≥9处。|
        |路灯|-|3.00|完成|1、产出指标:数量,年度指标值:≥9处。|
        """)
    document = recognise(source(grid))
    assert unread(document) == [("PGX106", "B2", "若干")]
    assert [table.project_name for table in document.tables] == ["护坡", "路灯"]


TABBED = (
    "\t项目名称\n\t苗圃养护\n\n\t预算数\n\t{}\n\t其中：财政    资金\n\t12.50\n\n"
    "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n"
    "\t产出指标\n\t数量指标\n\t补植株数\n\t≥900株\n"
)


def test_the_amount_of_a_tabbed_form_is_named() -> None:
    document = recognise(source_of(TABBED.format("约12万")))
    assert [(p.code, p.location.line, p.args["text"]) for p in doubts(document)] == [("PGX106", 5, "约12万")]
    written = recognise(source_of(TABBED.format("十二万五千元")))
    assert (doubts(written), written.tables[0].budget_yuan) == ([], Decimal(125_000))


def test_in_a_dump_a_dash_for_no_amount_stays_silent() -> None:
    assert doubts(recognise(source_of(TABBED.format("-")))) == []


@pytest.mark.parametrize("other", ["若干", "2026年", "市级财政", "由各所分别申报"])
def test_in_a_dump_what_does_not_speak_of_money_is_taken_for_another_box(other: str) -> None:
    document = recognise(source_of(TABBED.format(other)))
    # No amount in doubt, but a cell that nothing was read from: the account of cells says so.
    assert [(p.code, p.location.line, p.args["cells"]) for p in doubts(document)] == [("PGX107", 5, other)]
    assert document.tables[0].budget_yuan is None


@pytest.mark.parametrize(
    ("printed", "budget", "problems"),
    [
        ("180000", Decimal(180_000), []),
        ("十八万元", Decimal(180_000), []),
        ("约18万", None, ["约18万"]),
        ("18万左右", None, ["18万左右"]),
        ("l8OOOO", None, ["l8OOOO"]),
    ],
)
def test_the_amount_of_a_dumped_form_is_named(
    printed: str, budget: Decimal | None, problems: list[str]
) -> None:
    text = Path(__file__).parents[2].joinpath("examples", "form-dump-library.txt").read_text(encoding="utf-8")
    assert "180,000.00" in text
    document = recognise(source_of(text.replace("180,000.00", printed, 1)))
    assert [problem.args["text"] for problem in document.problems] == problems
    assert document.tables[0].budget_yuan == budget
