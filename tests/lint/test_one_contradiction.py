"""One wrong figure in a table that agrees is one finding, whatever it is compared with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path

import pytest
import yaml

from perfgoals_lint import read
from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Finding
from perfgoals_lint.rulebook import rules

TABLES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "consistent_tables.yaml").read_text("utf-8"))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
IMPOSSIBLE = "PGF414"
"""A value that cannot be (930%) is that by itself, beside what it is compared with."""
_NO_FIGURE = re.compile(r"20\d\d(?!\d)|\d+月底|(?<=[，；。,])\d\.(?=[一-龥])")
"""Years, months and numbers of lists."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(rules.load())


def hard(engine: Engine, text: str) -> list[Finding]:
    found = engine.check(read(text.encode(), "表.csv")).findings
    return [one for one in found if one.severity != "info"]


def slips(number: str) -> set[str]:
    """A number with its first or last digit wrong, ten times as large, and with two digits exchanged."""
    wrong = str((int(number[-1]) + 3) % 10)
    found = {number[:-1] + wrong, f"{(Decimal(number) * 10).normalize():f}"}
    found.add(str((int(number[0]) + 3) % 10 or 7) + number[1:])
    for place, (one, other) in enumerate(pairwise(number)):
        if "." not in (one, other) and one != other and not (place == 0 and other == "0"):
            found.add(number[:place] + other + one + number[place + 2 :])
            break
    return found - {number}


def variants(text: str) -> Iterator[tuple[str, str]]:
    """Every figure of a table printed wrong in every way, as (what was done, the table)."""
    none = [match.span() for match in _NO_FIGURE.finditer(text)]
    for match in _NUMBER.finditer(text):
        if not any(start <= match.start() < end for start, end in none):
            for wrong in slips(match[0]):
                where = text[max(0, match.start() - 8) : match.start()]
                yield f"{where}{match[0]}→{wrong}", text[: match.start()] + wrong + text[match.end() :]


@pytest.fixture(scope="module")
def slipped(engine: Engine) -> dict[str, dict[str, list[Finding]]]:
    """What is found in each table when one of its figures is wrong, by what was done."""
    return {
        name: {done: hard(engine, wrong) for done, wrong in variants(text)} for name, text in TABLES.items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_one_wrong_figure_is_one_finding(
    engine: Engine, slipped: dict[str, dict[str, list[Finding]]], name: str
) -> None:
    assert hard(engine, TABLES[name]) == []
    several = {
        done: [f"{one.rule} {one.message}" for one in found]
        for done, found in slipped[name].items()
        if sum(one.rule != IMPOSSIBLE for one in found) > 1
    }
    assert several == {}


def test_most_wrong_figures_are_found(slipped: dict[str, dict[str, list[Finding]]]) -> None:
    """So that folding hides nothing: as many as were found before findings were folded."""
    found = Counter(bool(findings) for of_table in slipped.values() for findings in of_table.values())
    assert found[True] / found.total() > 0.6


def test_what_one_change_does_not_settle_stays_apart(engine: Engine) -> None:
    """The sources say one budget and the goal another: the budget may be wrong, but not in both ways."""
    text = TABLES["渡槽"].replace("财政拨款,60", "财政拨款,50").replace("安排资金86.4", "安排资金90.4")
    found = hard(engine, text)
    assert {"PGK601", "PGK604"} <= {one.rule for one in found}


def test_the_others_are_places_related_to_the_one_that_speaks(engine: Engine) -> None:
    text = TABLES["渡槽"].replace("（万元）,86.4", "（万元）,16.4")
    (finding,) = hard(engine, text)
    assert finding.severity == "error"
    assert "16.4 万元" in finding.message
    also = (finding.evidence or {})["also"]
    assert {finding.rule, *also} == {"PGA301", "PGA302", "PGK601"}
    said = [one.message for one in finding.related]
    assert all(any(text.startswith(code) for text in said) for code in also)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_message_names_the_figure_where_only_one_can_be_wrong(lang: str) -> None:
    text = TABLES["体检"].replace("每人450元", "每人540元")
    (finding,) = hard(Engine(rules.load(), lang=lang), text)
    assert "“540元”" in finding.message
    assert len(list(chain((finding.evidence or {})["also"]))) == 1
