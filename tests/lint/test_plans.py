"""What is left of a check for rows of a signature finds what the whole check finds."""

from __future__ import annotations

import random
import re

import pytest
from tests.lint.test_narrowing import SELECTORS, _document, _rows, _view

from perfgoals_lint.lint.applicability import TableCase
from perfgoals_lint.lint.binding import check_of
from perfgoals_lint.lint.context import Row
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.lint.kinds.kinds import Declared
from perfgoals_lint.lint.kinds.narrowing import signature
from perfgoals_lint.lint.kinds.plans import Index, settled
from perfgoals_lint.lint.kinds.selector import row_selector
from perfgoals_lint.model import Document, GoalTable, Location
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.edges import DIGIT, found_by

DECLARED = [
    (rule, check)
    for rule in rulebook.load()
    if rule.scope == "row" and isinstance(check := check_of(rule), Declared)
]


def _by_signature(rows: list[Row]) -> dict[object, list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(signature(row), []).append(row)
    return groups


def test_what_is_left_of_a_selector_matches_what_all_of_it_matches() -> None:
    whole = [row_selector(spec) for spec in SELECTORS]
    matched = dropped = 0
    for rows in _by_signature(_view(_document(seed=21, number=500))).values():
        left = [settled(spec, rows[0]) for spec in SELECTORS]
        tests = [None if one is None else row_selector(one) for one in left]
        dropped += left.count(None)
        for row in rows:
            for select, test in zip(whole, tests, strict=True):
                match = select(row)
                matched += match is not None
                assert match == (None if test is None else test(row))
    assert matched > 500
    assert dropped > 1000


def test_a_row_without_the_signs_of_a_check_has_nothing_for_it_to_find() -> None:
    found = passed_over = 0
    for rows in _by_signature(_view(_document(seed=22, number=500))).values():
        for rule, check in DECLARED:
            left = check.settled(rows[0], signature(rows[0]))
            index = None if left is None else Index([(rule, left[1])])
            for row in rows:
                hits = list(check(row, rule))
                found += bool(hits)
                if index is None or not index.of(row):
                    passed_over += 1
                    assert not hits
    assert found > 500
    assert passed_over > 5000


def _names_of_the_rules() -> list[str]:
    """Every word and every literal run of a pattern that a selector writes, as names of indicators."""
    found: set[str] = set()

    def gather(spec: object) -> None:
        if isinstance(spec, str):
            found.update(re.findall(r"[\u4e00-\u9fff]+", spec))
        elif isinstance(spec, dict):
            list(map(gather, spec.values()))
        elif isinstance(spec, list):
            list(map(gather, spec))

    list(map(gather, SELECTORS))
    return sorted(found)


@pytest.mark.parametrize("seed", range(3))
def test_findings_are_those_of_asking_every_rule_of_names_made_of_its_words(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, words = random.Random(seed), _names_of_the_rules()
    documents = []
    for number in range(4):
        rows = _rows(10 * seed + number, 60)
        for row in rows:
            row.level3 = "".join(dice.choices(words, k=dice.randint(1, 2)))
        goal = GoalTable(Location("x", line=1), "绿地养护", indicators=rows)
        documents.append(Document("x", "text", "made-up", [goal]))
    book = list(rulebook.load())
    forced = frozenset(rule.code for rule in book)
    engine = Engine(book, forced=forced)
    narrow = [engine.check(document) for document in documents]
    monkeypatch.setattr(TableCase, "about", lambda case, row: case.of_rows)
    engine = Engine(book, forced=forced)
    for made, document in zip(narrow, documents, strict=True):
        wide = engine.check(document)
        assert made.findings == wide.findings
        assert made.accounts == wide.accounts


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("完成率$", "竣工完成率"), ("^第?[一二三]+期", "二期"), ("(?:无|没有)投诉", "没有投诉"), ("(?<!不)满意度?", "很满意"),
     (r"\d+%", "达٣%"), ("[^/]占比", "x占比")],
)  # fmt: skip
def test_a_pattern_finds_nothing_without_one_of_its_characters(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    assert match
    known = found_by(pattern)
    assert known is None or any(one in known or (DIGIT in known and one.isdecimal()) for one in match[0])


def test_a_pattern_that_may_match_nothing_tells_nothing() -> None:
    assert found_by("(?:很)?") is None
    assert found_by("(?i)ab") is None
