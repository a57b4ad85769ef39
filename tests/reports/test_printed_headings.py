"""A place in a printed table is told by the names that the table itself prints."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, check
from perfgoals_lint.reports.details import seen_place
from perfgoals_lint.reports.wording import Words
from strategies.documents import word


@pytest.mark.parametrize("budget", ["年度资金总额（万元）", "预算数（万元）", "项目资金（万元）"])
@pytest.mark.parametrize("value", ["指标值", "年度指标值", "目标值"])
@pytest.mark.parametrize("signed", [False, True])
def test_boxes_and_columns_are_called_as_printed(budget: str, value: str, signed: bool) -> None:
    head = ("一级指标", "二级指标", "三级指标", "指标性质" if signed else "指标说明", value)
    other = "≥" if signed else "已验收的船闸"
    rows = [
        ("项目名称", "船闸大修", "", "", ""),
        (budget, "90", "", "", ""),
        ("财政拨款", "50", "其他资金", "30", ""),
        head,
        ("产出指标", "数量指标", "大修船闸座数", other, "3座"),
        ("产出指标", "质量指标", "大修验收合格率", other, "95"),
    ]
    (result,) = check(Content("表.docx", word(rows)))
    seen = {one.rule: seen_place(one, Words("zh")) for one in result.findings}
    assert f"“{budget}”格" in seen["PGK601"]
    assert f"“大修验收合格率”一行的“{value}”格" in seen["PGN503"]
