"""Relations of generated sentences: the facts come back, and the verdict is that of plain decimal arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.relations.relation import Relation
from strategies.figures import Claim, changes, periods, products, sums


def only(claim: Claim) -> Relation:
    found = scan(claim.text).relations
    assert len(found) == 1, claim.text
    return found[0]


@settings(max_examples=150, deadline=None)
@given(sums())
def test_sums(claim: Claim) -> None:
    relation = only(claim)
    assert relation.holds is claim.right, claim.text
    assert [one.value for one in relation.terms] == [value * 10000 for value in claim.operands]
    assert relation.result.value == claim.result * 10000
    assert relation.computed == sum(claim.operands, Decimal(0)) * 10000


@settings(max_examples=150, deadline=None)
@given(products())
def test_products(claim: Claim) -> None:
    relation = only(claim)
    assert relation.holds is claim.right, claim.text
    assert {one.value for one in relation.terms} == set(claim.operands)
    assert relation.result.value == claim.result


@settings(max_examples=100, deadline=None)
@given(periods())
def test_periods(claim: Claim) -> None:
    relation = only(claim)
    assert relation.kind == "period"
    assert relation.holds is claim.right, claim.text
    assert relation.computed == claim.operands[0] * claim.operands[1]


@settings(max_examples=100, deadline=None)
@given(changes())
def test_changes(claim: Claim) -> None:
    relation = only(claim)
    assert relation.kind == "change"
    assert relation.holds is claim.right, claim.text


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("10人×9.3万＋2人×9.3万÷12×10=108.5万", 1085000),
        ("（8人×3天+4人×2天）×400元=1.28万元", 12800),
        ("月度分摊1804.45/12=150.37万元", 1503708),
        ("设计费＝工程费600万元×3.5%＝21万元", 210000),
        ("还需1075.8-466.42=609.38万元", 6093800),
    ],
)
def test_a_calculation_is_parsed_whole_by_precedence(text: str, computed: int) -> None:
    (relation,) = scan(text).relations
    assert relation.holds
    assert abs(relation.computed - computed) < 1


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("2024年3月至10月，共10个月", (8,)),
        ("2024年5月至2027年4月，共24个月", (36,)),
        ("5月1日至5月14日举行，共16天", (14, 13)),
        ("2024年11月至次年2月，共4个月", (4,)),
    ],
)
def test_a_span_is_as_long_as_its_dates(text: str, possible: tuple[int, ...]) -> None:
    (length,) = scan(text).lengths
    assert length.possible == possible
