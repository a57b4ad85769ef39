"""What is taken down of each file gives the findings that all tables together would give, and keeps no more than it
needs."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import DocumentView
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.lint.last_year import LastYear, compared, keys_of
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.lint.records import FileResult, tables_of, tables_text
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.rulebook.rules import load
from perfgoals_lint.runner.across import Collected, taken_down
from perfgoals_lint.runner.distributed.year_index import YearIndex

BOOK = load()
ACROSS = [rule for rule in BOOK if rule.across]
UNITS = ["云河区水务局", "青禾市林业站", None]
PROJECTS = ["河道清淤(东岭镇)", "河道清淤(西坡镇)", "林木抚育", "游客驿站", "水文监测"]
NAMES = [
    "带动农户就业",
    "全市接待游客人次",
    "云河区接待游客人次",
    "全市森林覆盖率",
    "清淤长度",
    "服务对象满意度",
]
VALUES = ["≥2000人", "≥0.20万人", "≥300万人次", "≥3000000人次", "≥65%", "提升", "≥50公里", "无", "≥800万人次"]
CLASSES = [
    ("产出指标", "数量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
    (None, None),
]


def documents(random: random.Random, number: int) -> list[Document]:
    """Made-up documents whose rows often agree."""
    made = []
    for index in range(number):
        path = f"{index}.csv"
        tables = []
        for _ in range(random.randint(0, 3)):
            rows = []
            for row in range(random.randint(0, 5)):
                above, below = random.choice(CLASSES)
                place = {"level3": Location(path, table=1, row=row, column=3)}
                rows.append(
                    Indicator(
                        None,
                        above,
                        below,
                        random.choice(NAMES),
                        annual_value=random.choice(VALUES),
                        locations=place,
                    )
                )
            goal = random.choice(["完成年度任务。", "涉密项目，不公开绩效指标设定情况"])
            tables.append(
                GoalTable(
                    Location(path),
                    random.choice(PROJECTS),
                    unit=random.choice(UNITS),
                    fiscal_year=random.choice([2024, 2025, None]),
                    annual_goal=goal,
                    indicators=rows,
                )
            )
        made.append(Document(path, "csv", None, tables))
    return made


def told(rule: Rule, documents: list[Document]) -> list[dict[str, object]]:
    """What a rule says of all tables as those of one document: the simple reference."""
    homes = [document.path for document in documents for _ in document.tables]
    indexes = [index for document in documents for index in range(len(document.tables))]
    merged = Document("", "", None, [table for document in documents for table in document.tables])
    view = DocumentView.of(merged)
    writer = Writer("zh")
    findings = []
    for hit in check_of(rule)(view, rule):
        if len(files(hit)) > 1:
            assert hit.row is not None
            at = hit.row.table.index
            finding = writer.finding(rule, hit, homes[at])
            finding.table_index = indexes[at]
            findings.append(seen(finding))
    return findings


def files(hit: Violation) -> set[str]:
    assert hit.row is not None
    return {hit.row.place(hit.field).path, *(place.path for _, _, place in hit.related)}


def seen(finding: object) -> dict[str, object]:
    return {name: repr(getattr(finding, name)) for name in type(finding).__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(40))
def test_groups_say_what_whole_tables_say(seed: int) -> None:
    made = documents(random.Random(seed), 12)
    collected = Collected(ACROSS, lambda _: "zh")
    for document in made:
        collected.add(FileResult(DocumentInfo(document.path, "csv"), tables=taken_down(document, BOOK)))
    found = [seen(finding) for finding in collected.close()]
    assert found == [finding for rule in ACROSS for finding in told(rule, made)]


def test_the_made_up_documents_break_every_rule() -> None:
    broken = {
        rule.code for seed in range(40) for rule in ACROSS if told(rule, documents(random.Random(seed), 12))
    }
    assert broken == {rule.code for rule in ACROSS}


def test_the_order_of_the_files_can_be_given() -> None:
    made = documents(random.Random(7), 12)
    collected = Collected(ACROSS, lambda _: "zh")
    for document in reversed(made):
        collected.add(FileResult(DocumentInfo(document.path, "csv"), tables=taken_down(document, BOOK)))
    found = [seen(finding) for finding in collected.close([document.path for document in made])]
    assert found == [finding for rule in ACROSS for finding in told(rule, made)]


def test_a_table_that_takes_no_part_is_not_taken_down() -> None:
    (document,) = documents(random.Random(1), 1)
    document.tables = [
        GoalTable(
            Location("a.csv"), "水文监测", indicators=[Indicator(level3="巡查次数", annual_value="≥3次")]
        )
    ]
    assert taken_down(document, BOOK) == ""


def test_prose_and_boxes_are_not_taken_down() -> None:
    row = Indicator(
        None, "效益指标", "社会效益指标", "带动农户就业", annual_value="≥2000人", columns={"备注": "长" * 500}
    )
    goal = GoalTable(
        Location("a.csv"), "林木抚育", annual_goal="抚育" * 500, fields={"概况": "长" * 500}, indicators=[row]
    )
    text = taken_down(Document("a.csv", "csv", None, [goal]), BOOK)
    assert 0 < len(text) < 700


def test_a_rule_that_may_look_at_anything_gets_whole_tables() -> None:
    rule = next(rule for rule in ACROSS if rule.code == "PGR217")
    where = {**rule.check["where"], "table": {"goal": ["任务"]}}
    foreign = replace(rule, code="LX001", check={**rule.check, "where": where}, bound=None)
    made = documents(random.Random(3), 200)
    collected = Collected([foreign], lambda _: "zh")
    for document in made:
        collected.add(FileResult(DocumentInfo(document.path, "csv"), tables=taken_down(document, [foreign])))
    expected = told(foreign, made)
    assert expected != []
    assert [seen(finding) for finding in collected.close()] == expected


@pytest.mark.parametrize("seed", range(20))
def test_last_year_is_looked_up_alike_in_memory_and_by_key(seed: int) -> None:
    before, now = documents(random.Random(seed), 8), documents(random.Random(seed + 100), 8)
    whole, index = LastYear(before), YearIndex()
    for document in before:
        index.add((keys_of(table), tables_text([compared(table)])) for table in document.tables)
    for table in (table for document in now for table in document.tables):
        known = [(key, text) for key in keys_of(table) if (text := index.table(key)) is not None]
        picked = LastYear.picked((key, goal) for key, text in known for goal in tables_of(text)).of(table)
        expected = whole.of(table)
        assert (picked is None) == (expected is None)
        if picked is not None and expected is not None:
            assert picked.goal.indicators == list(expected.goal.indicators)
            assert (picked.goal.annual_goal, picked.title) == (expected.goal.annual_goal, expected.title)
