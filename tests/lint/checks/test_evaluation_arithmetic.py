"""Rates and totals that a self-evaluation or a monitoring table prints: right as long as one reading gives them."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, Settings, check

HEAD = """项目支出绩效自评表,,,,,,,
项目名称,湿地步道维护,,,主管部门,青禾市园林局,,
项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,{start},{year},{spent},10,{rate},{points}
"""
ROWS = """一级指标,二级指标,三级指标,年度指标值,实际完成值,完成率,分值,得分
产出指标,数量指标,维护步道长度,≥12公里,{reached}公里,{done},50,45
产出指标,质量指标,维护合格率,≥98%,99%,,40,40
总分,,,,,,100,{total}
"""
RIGHT = {
    "start": 100,
    "year": 80,
    "spent": 72,
    "rate": "90%",
    "points": 9,
    "reached": 12,
    "done": "100%",
    "total": 94,
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, 0),
        ({"rate": "72%"}, 0),  # of the budget at the start
        ({"rate": "0.9"}, 0),
        ({"rate": "90.00"}, 0),
        ({"spent": "71.99", "rate": "89.98%"}, 0),  # cut off
        ({"spent": "71.99", "rate": "89.99%"}, 0),  # rounded
        ({"rate": "85%"}, 1),
        ({"spent": "71.99", "rate": "89.0%"}, 1),
        ({"total": 85}, 0),  # without the points for what was spent
        ({"points": "8.6", "total": 94}, 0),  # rounded
        ({"total": 95}, 1),
        ({"total": "95分"}, 1),
        ({"reached": 9, "done": "75%"}, 0),
        ({"reached": 15, "done": "100%"}, 0),
        ({"reached": 15, "done": "125%"}, 0),
        ({"reached": 9, "done": "90%"}, 1),
        ({"rate": "85%", "total": 99, "reached": 6, "done": "90%"}, 3),
    ],
)
def test_one_hit_for_each_that_no_reading_gives(changed: dict[str, object], told: int) -> None:
    text = (HEAD + ROWS).format(**RIGHT | changed)
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGA385"]))
    assert len([one for one in result.findings if one.rule == "PGA385"]) == told


def test_a_row_without_points_leaves_the_total_open() -> None:
    text = (HEAD + ROWS).format(**RIGHT | {"total": 60}).replace(",40,40\n", ",40,\n")
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGA385"]))
    assert not [one for one in result.findings if one.rule == "PGA385"]


PLAIN = """项目支出绩效自评表,,,,,,
项目名称,湿地步道维护,,主管部门,青禾市园林局,,
项目资金（万元）,,年初预算数,全年预算数,全年执行数,,
,年度资金总额,100,80,72,,
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,自评得分
{first}产出指标,数量指标,维护步道长度,≥12公里,12公里,28,28
产出指标,质量指标,维护合格率,≥98%,99%,20,20
{middle}效益指标,社会效益指标,步道使用投诉次数,≤3次,2次,30,30
满意度指标,服务对象满意度指标,游客满意度,≥90%,92%,12,10
{last}总分,,,,,{total}
"""
EXECUTION = "预算执行率,,,,90%,10,9\n"
NONE = {"first": "", "middle": "", "last": ""}


def _told(text: str, name: str = "表.csv") -> list[str]:
    (result,) = check(Content(name, text.encode()), Settings(select=["PGA385"]))
    return [one.message for one in result.findings if one.rule == "PGA385"]


@pytest.mark.parametrize(
    ("rows", "total", "told"),
    [
        ({"last": EXECUTION}, "100,97", 0),
        ({"first": EXECUTION}, "100,97", 0),
        ({"last": EXECUTION}, "100,96", 1),
        ({"last": "预算执行率,预算执行率,预算执行率,100%,90%,10,9\n"}, "100,97", 0),
        ({"middle": "小计,,,,,48,48\n", "last": f"小计,,,,,42,40\n{EXECUTION}"}, "100,97", 0),
        ({"middle": "小计,,,,,48,48\n", "last": f"小计,,,,,42,40\n{EXECUTION}"}, "100,95", 1),
        ({"last": f"{EXECUTION}扣分项,,,,,,-2\n"}, "100,95", 0),
        ({"last": f"{EXECUTION}加减分,,,,,,1\n"}, "100,98", 0),
    ],
)
def test_totals_count_the_rows_that_are_no_indicators(rows: dict[str, str], total: str, told: int) -> None:
    assert len(_told(PLAIN.format(**NONE | rows, total=total))) == told


def test_a_total_with_a_column_of_points_taken_off_is_open() -> None:
    text = PLAIN.format(**NONE, total="90,86").replace("自评得分", "自评得分,扣分")
    assert not _told(text.replace(",28\n", ",28,1\n").replace(",20\n", ",20,1\n").replace("30\n", "30,0\n"))


SOURCES = ",财政拨款,50,40,36,5,90%,4.5\n,其他资金,50,40,36,5,90%,4.5\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("一级指标", f"{SOURCES}一级指标", 0),
        ("一级指标", ",政府性基金,40,20,18,4,90%,3.6\n一级指标", 0),
        ("100,80,72,", "100,80,720000元,", 0),
        ("100,80,72,", "100,80,640000元,", 1),
        ("执行率", "执行率（%）", 0),
        ("执行率,得分\n,年度资金总额,100,80,72,10,90%", "执行率（%）,得分\n,年度资金总额,100,80,72,10,55", 1),
        (
            "执行率,得分\n,年度资金总额,100,80,72,10,90%",
            "执行率（C/B）,得分\n,年度资金总额,100,80,72,10,55%",
            1,
        ),
        ("完成率,分值,得分", "完成率,权重,自评得分", 0),
    ],
)
def test_sources_units_and_names_of_columns(old: str, new: str, told: int) -> None:
    text = (HEAD + ROWS).format(**RIGHT)
    assert old in text
    points = SOURCES in new
    text = text.replace(",10,90%,9\n", ",,90%,\n") if points else text
    assert len(_told(text.replace(old, new))) == told


def test_points_merged_over_rows_are_no_points_of_each() -> None:
    rows = [
        '<td colspan="7">项目支出绩效自评表</td>',
        "".join(
            f"<td>{one}</td>"
            for one in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
        ),
        '<td rowspan="2">产出指标</td><td rowspan="2">数量指标</td><td>维护步道长度</td><td>≥12公里</td><td>12公里</td>'
        '<td rowspan="2">60</td><td rowspan="2">58</td>',
        "<td>维护栈桥座数</td><td>≥3座</td><td>3座</td>",
        "<td>效益指标</td><td>社会效益指标</td><td>投诉次数</td><td>≤3次</td><td>2次</td><td>40</td><td>40</td>",
        '<td colspan="5">总分</td><td>100</td><td>98</td>',
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    assert not _told(f"<html><body><table>{table}</table></body></html>", "表.html")


def test_a_wrong_rate_of_completion_is_shown_in_its_column() -> None:
    text = (HEAD + ROWS).format(**RIGHT | {"reached": 9, "done": "90%"})
    (result,) = check(Content("表.csv", text.encode()), Settings(select=["PGA385"]))
    (place,) = [one.location for one in result.findings if one.rule == "PGA385"]
    assert place is not None
    assert (place.row, place.column) == (6, 6)
