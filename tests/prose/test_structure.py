"""Lists, quotations, years, and the words that put a claim in another light."""

from __future__ import annotations

from itertools import chain

import pytest

from perfgoals_lint.prose import scan
from perfgoals_lint.prose.structure import structure
from perfgoals_lint.rulebook.policy import lexicon


def levels(text: str) -> list[tuple[str, int]]:
    return [(item.label, item.level) for item in scan(text).items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1、清淤；2、护坡；3、标牌。", [("1、", 0), ("2、", 0), ("3、", 0)]),
        ("1.2024年清淤；2.护坡1.5公里。", [("1.", 0), ("2.", 0)]),
        (
            "一、设备。（一）水泵；（二）闸门。二、培训。",
            [("一、", 0), ("（一）", 1), ("（二）", 1), ("二、", 0)],
        ),
        ("①清淤；②护坡。", [("①", 0), ("②", 0)]),
        ("—、清淤；二、护坡。", [("—、", 0), ("二、", 0)]),
        ("巡护1、2、3号站。", []),
        ("通知“一、要求（二）任务分解。”已转发。", []),
        ("升级到3.0系统，1.5万元。", []),
    ],
)
def test_numbered_lists(text: str, expected: list[tuple[str, int]]) -> None:
    assert levels(text) == expected


def test_quotations_nest() -> None:
    text = "根据《关于“清水行动”的通知》，“要‘走出去’”。"
    assert [text[slice(*span)] for span in structure(text).quotes] == [
        "《关于“清水行动”的通知》", "“要‘走出去’”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verb", "past"),
    [
        ("计划2023年清淤。", "计划", False),
        ("2024年申请5万元。", "申请", False),
        ("已于2021年成立专班。", None, True),
        ("2022年度清淤总结。", None, False),
        ("2023年以及随后各个年度根据站点情况分别计划。", None, False),
        ("2023年完成清淤，计划再做。", None, False),
    ],
)
def test_year_and_its_verb(text: str, verb: str | None, past: bool) -> None:
    (year,) = scan(text).years
    assert (year.verb, year.past) == (verb, past)


def test_years_that_are_no_plans() -> None:
    numbered, titled = scan("按林办〔2021〕3号和《2020年计划》执行。").years
    assert numbered.document_number
    assert titled.quoted
    (lookalike,) = scan("控制在2019万元以内。").years
    assert lookalike.money
    (spanned,) = scan("2022-2024年项目。").years
    assert (spanned.year, spanned.last) == (2022, 2024)


@pytest.mark.parametrize(
    ("text", "years", "kind"),
    [
        ("三年合共93万。", 3, "total"),
        ("政策一定三年。", 3, "policy"),
        ("运维周期为1年。", 1, "other"),
        ("四年2个。", 4, "other"),
    ],
)
def test_durations(text: str, years: int, kind: str) -> None:
    (span,) = scan(text).spans
    assert (span.years, span.kind) == (years, kind)


@pytest.mark.parametrize("text", ["第三年开始。", "三年级学生。", "近三年来。", "2024年。"])
def test_no_durations(text: str) -> None:
    assert scan(text).spans == []


@pytest.mark.parametrize(
    "text", ["建成一片产业示范带。", "客商来自四面八方，三面环山。", "一面抓生产、一面抓安全。"]
)
def test_words_of_speech_count_nothing(text: str) -> None:
    assert (scan(text).counts, scan(text).figures) == ([], [])


def test_a_measure_word_stands_in_one_list() -> None:
    data = lexicon("narrative")
    assert set(data["figure_units"]).isdisjoint(chain.from_iterable(data["units"]))


@pytest.mark.parametrize("name", ["电商超", "服务商超", "便民服务中心超", "爱心超", "订单超"])
def test_more_than_a_number_is_a_bound(name: str) -> None:
    assert [one.bound for one in scan(f"{name}200个。").figures] == [">="]


@pytest.mark.parametrize("name", ["商超", "心超", "B超", "彩超", "购置彩超"])
def test_a_name_that_ends_in_its_word_is_no_bound(name: str) -> None:
    assert [one.bound for one in scan(f"{name}20个。").figures] == ["="]


def test_explained() -> None:
    assert scan("含上年结转3万元。").explained
    assert not scan("办理时间压缩到20天。").explained
    assert not scan("申请3万元。").explained


@pytest.mark.parametrize(
    "unit", sorted({unit for units in lexicon("units")["dimensions"].values() for unit in units})
)
def test_no_unit_is_read_by_its_beginning(unit: str) -> None:
    """A measure is read as it is printed or not at all: 平方千米 is no 平方, 兆瓦时 no 兆瓦."""
    found = scan(f"处理淤泥12{unit}，完成率达到95%以上。")
    assert {count.unit for count in found.counts} <= {unit}
