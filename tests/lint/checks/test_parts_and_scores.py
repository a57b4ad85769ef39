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


@pytest.mark.parametrize(
    "label", ["1-7月执行情况", "监控值", "1-7月完成值", "执行值", "上半年完成值", "全年预计完成情况"]
)
def test_what_a_part_of_the_year_reached_misses_nothing(label: str) -> None:
    rows = [[*LEVELS, "年度指标值", label, "偏差原因分析"], [*ROW, "≥1200公里", "700公里", ""]]
    assert _severities("PGA381", rows, "项目支出绩效运行监控表") == []


@pytest.mark.parametrize(
    ("classes", "name", "target", "better", "worse", "told"),
    [
        (("产出指标", "成本指标"), "巡护成本", "30万元", "28万元", "31万元", True),
        (("产出指标", "质量指标"), "差错率", "5%", "3%", "6%", True),
        (("产出指标", "质量指标"), "巡护记录完整率", "95%", "97%", "93%", True),
        (("产出指标", "数量指标"), "巡护湿地里程", "1200公里", "1300公里", "1100公里", True),
        (("产出指标", "时效指标"), "险情处置时间", "5天", "4天", "6天", True),
        (("产出指标", "数量指标"), "投诉件数", "3件", "2件", "4件", True),
        (("效益指标", "生态效益指标"), "耗电量", "200度", "180度", "220度", True),
        (("产出指标", "数量指标"), "空置房间数", "2间", "1间", "3间", False),
    ],
)
def test_a_target_without_a_sign_has_the_side_of_its_name(
    classes: tuple[str, str], name: str, target: str, better: str, worse: str, told: bool
) -> None:
    header = [*LEVELS, "年度指标值", "实际完成值", "偏差原因分析及改进措施"]
    for reached, missed in ((better, False), (target, False), (worse, told)):
        rows = [header, [*classes, name, target, reached, ""]]
        assert _severities("PGA381", rows, "项目支出绩效自评表") == ["warning"] * missed


def test_points_are_held_against_the_weight_in_every_column_that_counts_them() -> None:
    names = ["巡护湿地里程", "巡护湿地次数", "巡护湿地人数"]

    def told(columns: Sequence[str], *points: Sequence[str]) -> list[str]:
        rows = [
            [*ROW[:2], name, "≥1200", "20", *one]
            for name, one in zip(names[: len(points)], points, strict=True)
        ]
        return _severities("PGA381", [[*LEVELS, "年度指标值", "分值", *columns], *rows], "项目支出绩效自评表")

    assert (
        told(["自评得分", "评价得分"], ["22", "18"])
        == told(["自评得分", "评价得分"], ["18", "22"])
        == ["error"]
    )
    assert told(["评分", "加权得分"], ["98", "19.6"]) == []
    assert told(["得分"], ["98"], ["90"], ["100"]) == []
    assert told(["得分"], ["20"], ["22"], ["18"]) == ["error"]


@pytest.mark.parametrize(
    ("name", "target", "parts", "told"),
    [
        ("投诉处理件数", "≤40件", "8 10 10 8", False),
        ("设备故障次数", "≤4次", "0 1 1 0", False),
        ("安全事故起数", "≤2起", "0 0 0 0", False),
        ("安全事故起数", "≤2起", "0 3 0 0", True),
        ("在岗护林员人数", "100人", "98 99 99 98", False),
        ("在册志愿者人数", "300人", "260 280 295 305", False),
        ("发放宣传册数", "≥1.2万份", "0.3 0.3 0.3 0.3", False),
        ("发放宣传册数", "≥1.2万份", "0.3 0.3 0.3 0.2", True),
        ("发放宣传册数", "≥1.2万份", "3000 3000 3000 3000", False),
        ("发放宣传册数", "≥1.2万份", "3000 3000 3000 2000", True),
    ],
)
def test_ceilings_and_what_is_there_all_the_time_are_no_sums(
    name: str, target: str, parts: str, told: bool
) -> None:
    header = [*LEVELS, "年度指标值", "一季度", "二季度", "三季度", "四季度"]
    rows = [header, ["产出指标", "数量指标", name, target, *parts.split()]]
    assert _severities("PGA380", rows) == ["warning"] * told


@pytest.mark.parametrize(
    ("boxes", "told"),
    [
        (["年度预算", "400.40万元", "实施期资金总额", "0.04亿元"], []),
        (["项目资金（万元）", "", "年度预算", "400.40", "实施期资金总额", "400"], []),
        (["项目资金（万元）", "", "年度预算", "400.40", "实施期资金总额", "399"], ["error"]),
        (["年度预算", "400万元", "政府投资", "300万元"], []),
        (["年度预算", "400万元", "投资", "300万元"], []),
        (["年度预算（元）", "4000000", "项目总投资", "500"], []),
        (["年度预算（元）", "4000000", "项目总投资（元）", "3000000"], ["warning"]),
    ],
)
def test_a_whole_in_its_own_unit_and_precision(boxes: list[str], told: list[str]) -> None:
    assert _severities("PGA379", [boxes, [*LEVELS, "年度指标值"], [*ROW, "≥1200公里"]]) == told
