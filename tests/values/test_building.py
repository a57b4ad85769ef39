"""What the parts of a value are put together to: each line is one decision of the building."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfgoals_lint.values import parse
from perfgoals_lint.values.types import Compound, Constraint, Quantity

LEFT_OUT = {"text", "span", "unit_source", "unit_standard", "op_stated", "kind"}


def said(found: Constraint) -> dict[str, Any]:
    """The fields that say something, beside the text and its places."""
    dumped = found.model_dump("json", exclude_none=True)
    return {
        name: value
        for name, value in dumped.items()
        if name not in LEFT_OUT and value not in ([], False) and name not in {"deadline", "parts"}
    }


def short(found: Constraint) -> tuple[Any, ...]:
    return tuple(getattr(found, name, None) for name in ("op", "value", "unit", "subject"))


@pytest.mark.parametrize(
    ("text", "low", "low_op", "high", "high_op", "subject"),
    [
        ("大于10年，小于30年", 10, ">", 30, "<", None),
        ("≥10年，≤30年", 10, ">=", 30, "<=", None),
        ("≥10年，小于30年", 10, ">=", 30, "<", None),
        ("大于10年；≤30年", 10, ">", 30, "<=", None),
        ("≥10年；≤10年", 10, ">=", 10, "<=", None),
        ("质保期≥10年，≤30年", 10, ">=", 30, "<=", "质保期"),
        ("大于10小于20", 10, ">", 20, "<", None),
        ("小于20大于10", 10, ">", 20, "<", None),
        ("10家以上20家以下", 10, ">=", 20, "<=", None),
    ],
)
def test_two_bounds_on_one_thing_are_a_range(
    text: str, low: int, low_op: str, high: int, high_op: str, subject: str | None
) -> None:
    found = parse(text)
    assert (found.text, getattr(found, "op", None), getattr(found, "value", 0)) == (text, "between", None)
    fields = ("low", "low_op", "high", "high_op", "subject")
    assert tuple(getattr(found, name) for name in fields) == (low, low_op, high, high_op, subject)


@pytest.mark.parametrize(
    "text",
    ["≥30年，≤10年", "≥10年，小于30月", "≥10年，储存≤30年", "≤30年，≥10年", "≥10年，≥30年", "(1)≥5家(2)≤3人"],
)
def test_bounds_on_two_things_stay_two(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Compound)
    assert [part.kind for part in found.parts] == ["quantity", "quantity"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥4、5家", [(">=", 4, "家", None), (">=", 5, "家", None)]),
        ("4、5家以上", [(">=", 4, "家", None), (">=", 5, "家", None)]),
        ("4家、≥5家", [("=", 4, "家", None), (">=", 5, "家", None)]),
        ("4家以上、5家", [(">=", 4, "家", None), ("=", 5, "家", None)]),
        ("分别≥4、5、6家", [(">=", n, "家", None) for n in (4, 5, 6)]),
        ("4家、5人", [("=", 4, "家", None), ("=", 5, "人", None)]),
        ("4、小学5家", [("=", 4, None, None), ("=", 5, "家", "小学")]),
        ("≥4家；5家", [(">=", 4, "家", None), ("=", 5, "家", None)]),
        ("≥10家或者≥20人", [(">=", 10, "家", None), (">=", 20, "人", None)]),
        ("2万、3万元", [("=", 20_000, "元", None), ("=", 30_000, "元", None)]),
        ("3次/年、4次", [("=", 3, "次", None), ("=", 4, "次", None)]),
    ],
)
def test_what_figures_side_by_side_share(text: str, parts: list[tuple[Any, ...]]) -> None:
    found = parse(text)
    assert isinstance(found, Compound)
    assert [short(part) for part in found.parts] == [
        (op, Decimal(value), unit, subject) for op, value, unit, subject in parts
    ]


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("≥10家或≥20人", True),
        ("10家、或20人", True),
        ("10家；20人", False),
        ("≥10家；不超过或等于20人", False),
    ],
)
def test_one_of_several_is_enough_where_the_text_says_or(text: str, either: bool) -> None:
    assert getattr(parse(text), "alternative", None) is either
    assert parse("≥10家或以上").kind == parse("大于或等于10家").kind == "quantity"


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("有效(试点)", "judgement", "试点"),
        ("优良中差（说明）", "choice", "说明"),
        ("≥90%，按计划推进", "quantity", "按计划推进"),
        ("培训5场，保障正常运转", "quantity", "保障正常运转"),
        ("建成，3家", "quantity", "建成"),
        ("税收正增长（同口径）", "relative", "同口径"),
        ("2024年底前（试点）", "deadline", "试点"),
        ("有效", "judgement", None),
    ],
)
def test_remarks(text: str, kind: str, note: str | None) -> None:
    found = parse(text)
    assert (found.kind, getattr(found, "note", None)) == (kind, note)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        ("全国前三名", "rank", {"op": "<=", "value": "3", "scope": "全国"}),
        ("列全省前5%", "rank", {"op": "<=", "value": "5", "scope": "全省", "unit": "%"}),
        ("位居全国第一", "rank", {"op": "=", "value": "1", "scope": "全国"}),
        ("第三名", "rank", {"op": "=", "value": "3"}),
        ("税收负增长", "relative", {"op": "<", "value": "0", "subject": "税收"}),
        ("投诉零增长", "relative", {"op": "=", "value": "0", "subject": "投诉"}),
        ("正增长", "relative", {"op": ">", "value": "0"}),
        ("保持在2022年水平以上", "relative", {"op": ">=", "reference": "2022年水平"}),
        ("保持在2022年水平范围内", "relative", {"op": "=", "reference": "2022年水平"}),
        ("控制在上年范围内", "relative", {"op": "<=", "reference": "上年"}),
        ("不低于上年水平以下", "relative", {"op": ">=", "reference": "上年水平"}),
        ("能耗不高于上年", "relative", {"op": "<=", "reference": "上年", "subject": "能耗"}),
        ("与上年持平", "relative", {"op": "=", "reference": "上年"}),
        ("收入与上年基本持平", "relative", {"op": "=", "reference": "上年", "subject": "收入"}),
        ("较上年有所提高", "relative", {"op": ">", "reference": "上年", "change": "increase"}),
        ("费用比上年明显下降", "relative", {"op": "<", "reference": "上年", "subject": "费用", "change": "decrease"}),
        ("服务与水平提高", "statement", {}),
        ("不超过**元", "statement", {}),
        ("不低于无", "statement", {}),
        ("不超过去年同期实际支出水平并且按规定执行到位情况下的标准额度数", "statement", {}),
        ("2024年12月完成验收", "deadline", {"op": "<=", "year": 2024, "month": 12, "precision": "month", "date": "2024-12-31", "subject": "验收"}),
        ("2024年完善制度", "statement", {}),
        ("2024年底完成验收", "deadline", {"op": "<=", "year": 2024, "precision": "year-end", "date": "2024-12-31", "subject": "验收"}),
        ("2024年12月完成全市农村公路养护提升工程竣工验收", "statement", {}),
        ("2024年1-3月", "period", {"start": "2024-01-01", "end": "2024-03-31"}),
        ("2024年12月完成全市农村公路养护工程验收", "deadline", {"op": "<=", "year": 2024, "month": 12, "precision": "month", "date": "2024-12-31", "subject": "全市农村公路养护工程验收"}),
        ("2024年1月至3月", "period", {"start": "2024-01-01", "end": "2024-03-31"}),
    ],
)  # fmt: skip
def test_what_holds_no_figure_of_its_own(text: str, kind: str, fields: dict[str, Any]) -> None:
    found = parse(text)
    assert found.kind == kind
    assert said(found) == fields


def test_a_stretch_of_time_beside_a_figure_ends_it() -> None:
    for text, last in (
        ("2024年1月至3月培训3场", "2024-03-31"),
        ("2023年9月至2024年8月培训3场", "2024-08-31"),
    ):
        deadline = getattr(parse(text), "deadline", None)
        assert deadline is not None
        assert (deadline.op, deadline.date) == ("<=", last)
    assert getattr(getattr(parse("2024年培训3场"), "deadline", None), "op", None) == "="


def test_places_in_the_text_as_given() -> None:
    for text, piece in (
        ("能耗 不高于 上年", "不高于"),
        ("位居 全国 第一", "第一"),
        ("培训 ≥ 5 场", "≥ 5 场"),
    ):
        start, end = getattr(parse(text), "span", None) or (0, 0)
        assert text[start:end] == piece


def test_figures_of_a_list_share_the_operator_and_never_lose_a_unit() -> None:
    for text, op in (("≥4、5家", ">="), ("4、5家以上", ">="), ("≤4、5家", "<=")):
        found = parse(text)
        assert isinstance(found, Compound)
        shared = [(part.op, part.unit, part.op_stated) for part in found.parts if isinstance(part, Quantity)]
        assert shared == [(op, "家", True)] * 2
    found = parse("5家、3")
    assert isinstance(found, Compound)
    assert [getattr(part, "unit", None) for part in found.parts] == ["家", None]


@pytest.mark.parametrize("words", [["语文", "数学"], ["语文", "数学", "英语"], ["甲", "乙", "丙", "丁"]])
def test_words_joined_by_a_list_stay_together(words: list[str]) -> None:
    listed = "、".join(words)
    behind = parse(f"{listed}；优秀率≥90%")
    assert (getattr(behind, "subject", None), getattr(behind, "note", None)) == ("优秀率", listed)
    inside = parse(f"{listed}优秀率≥90%")
    assert (getattr(inside, "subject", None), getattr(inside, "note", None)) == (f"{listed}优秀率", None)


@pytest.mark.parametrize(
    ("text", "kind"), [("完成，3", "statement"), ("完成，0", "quantity"), ("完成，3项", "quantity")]
)
def test_a_bare_figure_amid_words_is_a_target_only_where_it_is_nothing(text: str, kind: str) -> None:
    assert parse(text).kind == kind


def test_what_is_compared_with_may_have_twenty_four_characters() -> None:
    assert parse("不低于" + "甲" * 24).kind == "relative"
    assert parse("不低于" + "甲" * 25).kind != "relative"
