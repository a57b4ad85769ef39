"""What must be true of any text."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.prose import Narrative, scan

PIECES = [
    "每年", "3万", "元", "/场", "，", "。", "；", "共", "合计", "以上", "三项", "1、", "2、", "（一）", "（二）", "“", "”", "《", "》",
    "其中", "×", "=", "+", "0.5", "三年", "2024年", "〔2021〕3号", "计划", "约", "十", "一", "万", "%", "\n", " ", ".", "包括", "：",
    "x", "/", "①", "第", "百分之", "-", "5名", "2场", "每人", "不少于", "美元", "巡护",
]  # fmt: skip
prose = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


def spans(found: Narrative) -> list[tuple[int, int]]:
    listed = [*found.sentences]
    for group in (
        found.money,
        found.counts,
        found.figures,
        found.lengths,
        found.items,
        found.spans,
        found.years,
    ):
        listed.extend(one.span for one in group)
    listed.extend(figure.span for one in found.relations for figure in (*one.terms, one.result))
    return listed


@settings(max_examples=150, deadline=None)
@given(prose)
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    found = scan(text)
    assert all(0 <= start < end <= len(text) for start, end in spans(found))
    for group in (found.money, found.counts, found.items, found.years, found.sentences):
        starts = [one[0] if isinstance(one, tuple) else one.span[0] for one in group]
        assert starts == sorted(starts)


amounts = st.decimals(min_value="0.1", max_value="900", places=2)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 90), amounts, st.sampled_from(["场", "人", "套", "期"]), st.booleans(), st.integers(1, 9)
)
def test_a_true_product_holds_and_a_false_one_does_not(
    number: int, price: Decimal, unit: str, printed: bool, off: int
) -> None:
    form = "购置{n}{u}×{p}元/{u}=" if printed else "计划完成{n}{u}，每{u}{p}元，合计"
    text = form.format(n=number, u=unit, p=price)
    total = number * price
    (right,) = scan(f"{text}{total}元。").relations
    (wrong,) = scan(f"{text}{total + off}元。").relations
    assert right.holds is True
    assert wrong.holds is False


@settings(max_examples=60, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=8), st.booleans(), st.integers(1, 9))
def test_a_true_sum_holds_and_a_false_one_does_not(parts: list[Decimal], listed: bool, off: int) -> None:
    total = sum(parts, Decimal(0))
    if listed:
        text = (
            "".join(f"{number}、第{number}站养护费{part}元；" for number, part in enumerate(parts, 1))
            + "以上合计"
        )
    else:
        text = "，".join(f"养护费{part}元" for part in parts) + "，共计"
    for stated, holds in ((total, True), (total + off, False)):
        verdicts = [found.holds for found in scan(f"{text}{stated}元。").relations]
        assert verdicts == [holds]


@settings(max_examples=40, deadline=None)
@given(amounts, st.integers(2, 9), st.integers(1, 9))
def test_a_true_yearly_total_holds_and_a_false_one_does_not(annual: Decimal, years: int, off: int) -> None:
    text = f"每年管护费{annual}元，{years}年合共"
    (right,) = scan(f"{text}{annual * years}元。").relations
    (wrong,) = scan(f"{text}{annual * years + off}元。").relations
    assert right.holds
    assert not wrong.holds


@pytest.mark.parametrize(
    "piece",
    [
        "3万",
        "一",
        "共3万元",
        "其中3万，",
        "+5万",
        "3场，2万/场，",
        "以上合计5万。",
        "1、3万元；",
        "“",
        "每年3万，三年合共9万。",
        "购置3台，每台2万元，合计6万元，",
        "完成3次，合计5万元，每人2万元，",
        "东村3万元，西村4万元，共5万元，",
        "占30%，",
        "甲镇3公里（其中2公里），",
        "由3人增加到5人，",
        "、3元",
    ],
)
def test_work_grows_with_the_length(piece: str) -> None:
    """Six times the text takes six times the calls of functions, not thirty-six."""

    def calls(length: int) -> int:
        text = piece * (length // len(piece))
        counted = 0

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            scan.__wrapped__(text)
        finally:
            sys.setprofile(before)
        return counted

    scan("购置3台，每台2万元。")
    assert calls(12000) < 6.6 * calls(2000) + 600
