"""The goals of published tables, read from the documents as found: every claim made there is one that a reader agrees
with, and the one contradiction is seen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.prose import Narrative, scan
from shared_data import DATA

CORPUS = DATA / "corpus"
FILES = sorted(CORPUS.glob("*.txt"))
pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of published documents is not here")


def goals(path: Path) -> list[Narrative]:
    tables = extract_file(str(path)).tables
    return [
        scan(text)
        for table in tables
        for text in (table.cycle_goal, table.annual_goal, table.purpose)
        if text
    ]


@pytest.fixture(scope="module")
def narratives() -> list[Narrative]:
    return [narrative for path in FILES for narrative in goals(path)]


def test_only_one_calculation_is_wrong(narratives: list[Narrative]) -> None:
    if len(narratives) < 100:
        pytest.skip("the layouts do not read the whole corpus yet")
    wrong = [claim for one in narratives for claim in one.relations if claim.holds is False]
    assert [(claim.kind, claim.terms[0].value, claim.factor, claim.result.value) for claim in wrong] == [
        ("years", Decimal(30000), 3, Decimal(180000))
    ]


def test_calculations_that_hold(narratives: list[Narrative]) -> None:
    if len(narratives) < 100:
        pytest.skip("the layouts do not read the whole corpus yet")
    held = [claim for one in narratives for claim in one.relations if claim.holds]
    sums = {claim.result.value for claim in held if claim.kind in ("sum", "parts")}
    assert {Decimal(total) for total in (60000, 70000, 195000, 300000, 500000, 850000)} <= sums
    products = {claim.result.value for claim in held if claim.kind in ("product", "period")}
    assert {Decimal(total) for total in (4000, 30000, 50000, 90000)} <= products
    left = {sum(entry.value or 0 for entry in one.entries) for one in narratives}
    assert Decimal(310000) in left
