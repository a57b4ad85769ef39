"""A bound said twice is told only where the fix keeps what the value says."""

from __future__ import annotations

from itertools import product

import pytest

from perfgoals_lint import Content, Settings, check, values
from perfgoals_lint.values.types import Quantity

FLOORS = ("≥", "≧", ">=", "≥ ", "不低于", "不少于", "至少", "至少达", "大于等于")
CEILINGS = ("≤", "<=", "不超过", "不高于", "小于或等于")
UNITS = ("95%", "12次", " 12 次", "1,200人次", "3万元", "60平方米", "2.5公里", "8批次")
ABOVE = ("以上", "及以上", "或以上", "（含）以上")
BELOW = ("以内", "及以内", "以下", "及以下", "之内")
TWICE = [
    *map("".join, product(FLOORS, UNITS, ABOVE)),
    *map("".join, product(CEILINGS, UNITS, BELOW)),
    *map("".join, product(("不少于≥", "≥不少于", "达到≥", "不超过≤"), UNITS)),
]
OTHERS = (
    "60岁以上", "80周岁以上", "二级以上", "科级以上", "120平方米以上", "二级及以上", "县级及以上", "中专以上", "本科及以上",
    "中级以上技工", "副高以上", "大专以上", "65周岁及以上", "5公里以上", "三星级以上",
)  # fmt: skip
ONCE = [
    *map("".join, product(("≥20名", "至少3家", "≥ 6处", "不少于20人"), OTHERS)),
    ">90%以上",
    "达到95%以上",
]


def _fixes(texts: list[str]) -> dict[str, str]:
    """The values that are told, with what they are to be."""
    rows = "".join(f'产出指标,数量指标,检修护栏段数{number},"{text}"\n' for number, text in enumerate(texts))
    table = f"项目支出绩效目标表,,,\n项目名称,护栏检修,,\n一级指标,二级指标,三级指标,年度指标值\n{rows}"
    (result,) = check(Content("表.csv", table.encode()), Settings(select=["PGN542"]))
    edits = [edit for one in result.findings if one.rule == "PGN542" and one.fix for edit in one.fix.edits]
    return {edit.old: edit.new for edit in edits}


def _meaning(text: str) -> tuple[object, ...]:
    made = values.parse(text)
    assert isinstance(made, Quantity)
    return made.op, made.value, made.unit, made.object


def test_a_fix_keeps_the_bound() -> None:
    fixes = _fixes(TWICE)
    assert len(fixes) >= len({text.strip() for text in TWICE}) * 0.95, set(TWICE) - set(fixes)
    for old, new in fixes.items():
        assert _meaning(old) == _meaning(new), (old, new)
    assert not _fixes([*fixes.values()])


@pytest.mark.parametrize("text", ONCE)
def test_what_is_another_bound_is_left_alone(text: str) -> None:
    assert not _fixes([text])
