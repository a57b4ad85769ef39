"""A money unit in brackets that stands alone, as a label broken over lines leaves it, is a note and no cell left unread."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, check

FORM = """项目支出绩效目标表\t\t\t
项目名称\t堤岸加固\t\t
项目资金\t\t\t
{unit}\t年度资金总额\t\t85
\t其中：财政拨款\t\t85
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t加固堤岸长度\t≥12公里
\t\t质量指标\t加固验收合格率\t≥95%
"""


@pytest.mark.parametrize(
    ("unit", "unread"), [("（万元）", False), ("(元)", False), ("（万元", True), ("（甲）", True)]
)
def test_a_unit_in_brackets_is_a_note(unit: str, unread: bool) -> None:
    (result,) = check(Content("表.txt", FORM.format(unit=unit).encode()))
    assert ("PGX107" in {one.rule for one in result.findings}) == unread
