"""Amounts of the whole beside the year's, parts of the year beside the target, points beside weights, in whole tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from perfgoals_lint import Content, check

LEVELS = ["一级指标", "二级指标", "三级指标"]
ROW = ["产出指标", "数量指标", "巡护湿地里程"]


def _severities(code: str, rows: Sequence[Sequence[str]], title: str = "项目支出绩效目标表") -> list[str]:
    width = max(map(len, rows))
    table = [[title], ["项目名称", "云岭湿地巡护"], *rows]
    csv.writer(out := io.StringIO()).writerows([*row, *[""] * (width - len(row))] for row in table)
    (result,) = check(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    return [one.severity for one in result.findings if one.rule == code]


@pytest.mark.parametrize(
    ("label", "severity"), [("中期资金总额", "error"), ("实施期资金总额", "error"), ("项目总投资", "warning")]
)
@pytest.mark.parametrize("year", ["年度资金总额", "年度预算"])
def test_the_year_costs_no_more_than_the_whole(label: str, severity: str, year: str) -> None:
    for whole, told in (("300", [severity]), ("400", []), ("900", []), ("", [])):
        boxes = ["项目资金（万元）", label, whole, year, "400"]
        assert _severities("PGA379", [boxes, [*LEVELS, "年度指标值"], [*ROW, "≥1200公里"]]) == told


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["一季度", "二季度", "三季度", "四季度"], [200, 400, 400, 200]),
        (["第1季度", "第2季度", "第3季度", "第4季度"], [300, 300, 300, 300]),
        (["上半年计划", "下半年计划"], [500, 700]),
        ([f"{month}月" for month in range(1, 13)], [100] * 12),
    ],
)
@pytest.mark.parametrize("unit", ["公里", ""])
def test_the_parts_of_the_year_make_the_target(names: list[str], parts: list[int], unit: str) -> None:
    header = [*LEVELS, "年度指标值", *names]
    shown = [f"{part}{unit}" for part in parts]
    for target, told in (
        ("≥1200公里", []),
        ("1200公里", []),
        ("≥1300公里", ["warning"]),
        ("1100公里", ["warning"]),
    ):
        assert _severities("PGA380", [header, [*ROW, target, *shown]]) == told
    running = [f"{sum(parts[: number + 1])}{unit}" for number in range(len(parts))]
    assert _severities("PGA380", [header, [*ROW, "≥1200公里", *running]]) == []
    assert _severities("PGA380", [header, [*ROW, "≥1300公里", *shown[:-1], ""]]) == []


@pytest.mark.parametrize(
    ("target", "reached", "missed"),
    [
        ("≥1200公里", "1100公里", True),
        ("≥1200公里", "1200公里", False),
        ("≤30万元", "31万元", True),
        ("≤30万元", "28万元", False),
    ],
)
@pytest.mark.parametrize("reason", ["", "汛期道路中断"])
def test_a_miss_is_explained_and_points_are_at_most_the_weight(
    target: str, reached: str, missed: bool, reason: str
) -> None:
    header = [*LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    title = "项目支出绩效自评表"
    told = ["warning"] if missed and not reason else []
    for score, wrong in (("18", []), ("20", []), ("22", ["error"])):
        row = [*ROW, target, reached, "20", score, reason]
        assert _severities("PGA381", [header, row], title) == (wrong or told)
    assert _severities("PGA381", [header[:-1], [*ROW, target, reached, "20", "20"]], title) == []
