"""What is written in the form is read back the same, in every format."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint import forms
from perfgoals_lint.forms.keys import INDICATOR_KEYS, PROJECT_KEYS
from perfgoals_lint.model import (
    Cell,
    Document,
    GoalTable,
    Grid,
    HeaderText,
    Indicator,
    Location,
    MoneyUnit,
    Period,
    Problem,
    Source,
    SubGoal,
    Task,
    Total,
    to_json,
)
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.tables.texts import join_value

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is the oracle for the workbooks that are written")

HERE = Location("甲.pdf", page=1)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufffe\uffff"), min_size=1, max_size=20)
texts = TEXT.filter(lambda text: text.strip() == text and text.strip("\ufeff") == text)
amounts = st.decimals(0, Decimal("99999999999.99"), places=2)
sources = st.sampled_from(["财政拨款", "财政专户拨款", "其他资金", "上级补助"])
fundings = st.dictionaries(sources, amounts, min_size=1)
sectioned = st.text("甲：\\（元）", min_size=1, max_size=5)
parts = st.dictionaries(sectioned, amounts, min_size=1)
"""Sources whose names hold what divides a source from its parts."""
EMPTY = ["budget_yuan", "purpose", "department"]
"""Boxes that may be printed and empty."""
BLANK_COLUMNS = [("偏差原因、措施", "deviation"), ("评分标准", "scoring"), ("丙栏", "")]
names = st.text("甲乙丙丁戊己庚辛壬癸", min_size=1, max_size=4)
boxes = st.dictionaries(names, texts, max_size=2)
months = st.integers(1, 12)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    row = Indicator(number=draw(st.none() | st.integers(0, 99)), truncated=draw(st.booleans()))
    row.level1 = draw(st.sampled_from(["产出指标", "效益指标"]) | texts)
    for name in ("level2", "level3", "description", "cycle_value", "annual_value", "basis", "weight"):
        setattr(row, name, draw(st.none() | texts))
    row.sign = draw(st.none() | st.sampled_from(["≥", "≤", "＝", "定性"]) | names)
    row.unit = draw(st.none() | st.sampled_from(["台", "%", "m3", "无"]) | names)
    row.annual_value = join_value(row.sign, row.annual_value, row.unit)
    row.direction = draw(st.sampled_from([None, "higher", "lower"]))
    row.columns = draw(boxes)
    row.unknown = draw(st.sampled_from([[], ["annual_value"], ["cycle_value", "annual_value"]]))
    row.level1_code = draw(st.none() | st.sampled_from(["1", "2"]))
    row.level1_class, row.level2_class = classify(row.level1, 1), classify(row.level2, 2)
    return row


@st.composite
def tables(draw: st.DrawFn) -> GoalTable:
    table = GoalTable(HERE, draw(texts))
    for name in (
        "project_code",
        "project_type",
        "department",
        "unit",
        "purpose",
        "cycle_goal",
        "annual_goal",
        "title",
    ):
        setattr(table, name, draw(st.none() | texts))
    table.form = draw(st.sampled_from(["project", "department", "self-evaluation"]))
    years = st.integers(2000, 2050)
    table.period = draw(st.none() | st.builds(Period, years, st.none() | years))
    table.fiscal_year = draw(st.none() | years)
    table.budget_yuan = draw(st.none() | amounts)
    table.funding_yuan = draw(st.none() | fundings)
    table.months = draw(st.none() | st.tuples(months, months))
    table.funding_tree = draw(st.dictionaries(sources | sectioned, fundings | parts, max_size=2))
    table.fields = draw(boxes)
    table.money_unit = draw(
        st.none()
        | st.builds(MoneyUnit, st.sampled_from(["元", "万元"]), st.sampled_from(["note", "inferred"]))
    )
    table.headings = draw(st.dictionaries(st.sampled_from(["budget_yuan", "purpose", "annual_goal"]), texts))
    table.header = [
        HeaderText(text, role) for text, role in sorted(draw(st.sets(st.sampled_from(BLANK_COLUMNS))))
    ]
    table.labels = dict.fromkeys(draw(st.sets(st.sampled_from(EMPTY))), HERE)
    table.state = draw(st.sampled_from(["filled", "blank_form", "example"]))
    table.unknown = draw(st.sampled_from([[], ["budget_yuan"], ["budget_yuan", "indicators"]]))
    table.disbursement_plan = draw(st.none() | st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
    tasks = st.builds(
        Task, texts, st.just(HERE), st.none() | texts, st.none() | amounts, st.none() | fundings
    )
    table.tasks = draw(st.none() | st.lists(tasks, min_size=1, max_size=2))
    table.indicators = draw(st.lists(indicators(), max_size=4))
    table.truncated = draw(st.booleans())
    return table


@st.composite
def documents(draw: st.DrawFn) -> Document:
    document = Document("甲.pdf", "pdf", "grid", draw(st.lists(tables(), min_size=1, max_size=3)))
    places = st.none() | st.integers(0, 9)
    totals = st.builds(
        Total, texts, st.just(HERE), st.none() | amounts, fundings, st.booleans(), places, places
    )
    document.totals = draw(st.lists(totals, max_size=2))
    document.subgoals = draw(
        st.lists(st.builds(SubGoal, texts, st.none() | texts, st.none() | texts, st.just(HERE)), max_size=2)
    )
    doubts = st.builds(
        Problem, st.sampled_from(["PGX103", "PGX104"]), st.just(HERE), st.fixed_dictionaries({"where": texts})
    )
    document.problems = [Problem("PGX031", HERE, {"sheet": "甲"}), *draw(st.lists(doubts, max_size=2))]
    for table in document.tables:
        if table.truncated:
            document.problems.append(Problem("PGX102", HERE, {"where": table.project_name}))
    return document


def said(document: Document) -> Any:
    """What a document says and what of it is doubtful, without places and without what belongs to its file."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(item) for key, item in value.items() if key not in ("location", "locations")}
        return [bare(item) for item in value] if isinstance(value, list) else value

    doubts = sorted((p.code, p.args["where"]) for p in document.problems if p.code != "PGX031")
    parts = {name: to_json(getattr(document, name)) for name in ("tables", "totals", "subgoals")}
    unprinted = [
        (
            (t.months, t.unknown, t.headings, [row.unknown for row in t.indicators]),
            {name for name in EMPTY if name in t.labels and getattr(t, name) is None},
        )
        for t in document.tables
    ]
    return bare({**parts, "doubts": doubts}), unprinted


def test_every_part_of_a_document_has_its_place_in_the_form() -> None:
    of_the_layout = {"location", "locations", "places", "unread", "labels", "blank"} | {
        "blocks",
        "sum_of_tasks",
        "quantity",
        "price_yuan",
    }
    told_by_labels = {"level1_class", "level2_class"}
    for kind, keys in ((GoalTable, PROJECT_KEYS), (Indicator, INDICATOR_KEYS)):
        assert {f.name for f in fields(kind)} - of_the_layout - told_by_labels - {"months"} == keys.keys()


def from_csv(text: str) -> Source:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    cells = [Cell(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    return Source("甲.csv", "csv", [Grid("甲.csv", cells, len(rows), len(rows[0]), table=1)])


def from_xlsx(content: bytes) -> Source:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [
        Cell(c.row - 1, c.column - 1, c.value)
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]
    return Source(
        "甲.xlsx", "xlsx", [Grid("甲.xlsx", cells, sheet.max_row, sheet.max_column, sheet=sheet.title)]
    )


def read_back(document: Document, fmt: forms.Format) -> Document:
    written = forms.dump(document, fmt)
    if fmt == "csv":
        assert isinstance(written, str)
        loaded = forms.load(from_csv(written))
    elif fmt == "xlsx":
        assert isinstance(written, bytes)
        loaded = forms.load(from_xlsx(written))
    else:
        assert isinstance(written, str)
        loaded = forms.load(written, f"甲.{fmt}", fmt)
    assert loaded is not None
    assert {problem.code for problem in loaded.problems} <= {"PGX102", "PGX103", "PGX104"}
    return loaded


@pytest.mark.parametrize("fmt", ["yaml", "json", "csv"])
def test_every_document_comes_back(fmt: forms.Format) -> None:
    @given(documents())
    @settings(deadline=None, max_examples=60)
    def check(document: Document) -> None:
        assert said(read_back(document, fmt)) == said(document)

    check()


@given(documents())
@settings(deadline=None, max_examples=30)
def test_every_document_comes_back_from_a_workbook(document: Document) -> None:
    # Excel's own escape (_x0041_) is undone by readers, which openpyxl leaves to its caller.
    text = str(to_json(document))
    if "_x" in text or any(char < " " and char != "\n" for char in "".join(_strings(to_json(document)))):
        return
    assert said(read_back(document, "xlsx")) == said(document)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    return [text for item in value for text in _strings(item)] if isinstance(value, list) else []


def test_amounts_keep_their_printed_precision() -> None:
    document = Document("甲.pdf", "pdf", tables=[GoalTable(HERE, "护坡", budget_yuan=Decimal("120000.00"))])
    (table,) = read_back(document, "yaml").tables
    assert str(table.budget_yuan) == "120000.00"


def test_a_csv_field_is_never_a_formula() -> None:
    document = Document("甲.pdf", "pdf", tables=[GoalTable(HERE, "=cmd()", annual_goal="-1", purpose="'=x")])
    text = forms.dump(document, "csv")
    assert isinstance(text, str)
    assert "'=cmd()" in text
    assert "''=x" in text
    assert said(read_back(document, "csv")) == said(document)


def test_the_same_document_gives_the_same_workbook() -> None:
    document = Document("甲.pdf", "pdf", tables=[GoalTable(HERE, "护坡")])
    assert forms.dump(document, "xlsx") == forms.dump(document, "xlsx")
