"""Where the amount of the whole and that of the year are printed, the year's is the budget, however briefly it is named."""

from __future__ import annotations

import csv
import io
import itertools
from decimal import Decimal

import pytest

from perfgoals_lint import Content, extract

WHOLES = ("项目总额", "资金总额", "实施期资金总额", "项目总投资", "项目总预算")
YEARS = ("本年度", "当年", "本年", "年度", "当年度", "年度资金总额", "本年度预算")
ROWS = [
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "改造渠道长度", "≥30公里"),
    ("产出指标", "质量指标", "渠道验收合格率", "≥95%"),
]


def _budget(*boxes: tuple[str, ...]) -> Decimal | None:
    rows = [("项目名称", "灌区渠道改造", "", ""), ("实施期限", "2027年-2029年", "", ""), *boxes, *ROWS]
    csv.writer(out := io.StringIO()).writerows(rows)
    (document,) = extract(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    (table,) = document.tables
    return table.budget_yuan


@pytest.mark.parametrize(("whole", "year"), list(itertools.product(WHOLES, YEARS)))
def test_the_amount_of_the_year_is_the_budget(whole: str, year: str) -> None:
    for unit in ("（万元）", "(万元)"):
        beside = (f"{whole}{unit}", "360", f"{year}{unit}", "120")
        below = [(f"{whole}{unit}", "360", "", ""), (f"{year}{unit}", "120", "", "")]
        assert _budget(beside) == _budget(*below) == 1_200_000


def test_a_time_without_money_is_no_budget() -> None:
    assert _budget(("预算金额（万元）", "360", "", ""), ("本年度", "120", "", "")) == 3_600_000
