"""A box that is filled in with something that cannot be used is not called empty."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest

from perfgoals_lint import Content, check, extract
from perfgoals_lint.forms import dump
from perfgoals_lint.tables.texts import join_value

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = [("产出指标", "数量指标", "加固桥梁座数", "≥4座"), ("", "质量指标", "加固验收合格率", "≥95%")]


def _table(*rows: tuple[str, ...]) -> Content:
    csv.writer(out := io.StringIO()).writerows((*row, *("",) * (4 - len(row))) for row in rows)
    return Content("表.csv", out.getvalue().encode("utf-8-sig"))


def _rules(content: Content) -> set[str]:
    (result,) = check(content)
    return {one.rule for one in result.findings}


@pytest.mark.parametrize("text", ["一百", "见附件", "待定", "壹佰万"])
@pytest.mark.parametrize("boxes", [("财政拨款", "其他资金"), ("其中：财政拨款",), ("市级资金", "自筹资金")])
def test_amounts_that_cannot_be_read_are_not_missing(text: str, boxes: tuple[str, ...]) -> None:
    funds = [(box, text) for box in boxes]
    found = _rules(_table(("项目名称", "桥梁加固"), ("年度资金总额（万元）", text), *funds, HEAD, *ROWS))
    assert "PGX106" in found
    assert "PGC140" not in found


@pytest.mark.parametrize("boxes", [("财政拨款", "其他资金"), ("其中：财政拨款",)])
def test_amounts_that_are_missing_are(boxes: tuple[str, ...]) -> None:
    funds = [(box, "") for box in boxes]
    assert "PGC140" in _rules(
        _table(("项目名称", "桥梁加固"), ("年度资金总额（万元）", ""), *funds, HEAD, *ROWS)
    )


@pytest.mark.parametrize("name", ["指标1", "指标2", "……", "..."])
@pytest.mark.parametrize("value", ["≥3座", "90%"])
def test_a_template_word_beside_a_target_is_the_name(name: str, value: str) -> None:
    rows = [*ROWS, ("", "", "修补桥面面积", "≥80平方米"), ("", "时效指标", name, value)]
    content = _table(("项目名称", "桥梁加固"), HEAD, *rows)
    (document,) = extract(content)
    assert document.tables[0].indicators[-1].level3 == name
    found = _rules(content)
    assert "PGN521" in found
    assert "PGC131" not in found


@pytest.mark.parametrize("name", ["指标1", "……"])
def test_a_template_row_without_a_target_is_none(name: str) -> None:
    (document,) = extract(_table(("项目名称", "桥梁加固"), HEAD, *ROWS, ("", "时效指标", name, "")))
    assert [row.level3 for row in document.tables[0].indicators if row.level3] == [row[2] for row in ROWS]


@pytest.mark.parametrize("more", ["合计150万元", "第1页", "经办：王某"])
def test_the_year_above_a_table_is_kept_beside_another_text(more: str) -> None:
    content = _table(
        ("项目支出绩效目标表",), ("（2026年度）", "", "", more), ("项目名称", "桥梁加固"), HEAD, *ROWS
    )
    (document,) = extract(content)
    assert document.tables[0].fiscal_year == 2026
    assert "PGX106" not in _rules(content)


@pytest.mark.parametrize(
    ("remark", "fiscal", "wrong"),
    [
        ("（其中上年结转20）", "100", False),
        ("（其中：上年结转20万元）", "100", False),
        ("（其中上年结转20）", "120", False),
        ("（其中上年结转20）", "90", True),
    ],
)
def test_what_the_budget_names_behind_itself_is_a_source_where_it_is_missing(
    remark: str, fiscal: str, wrong: bool
) -> None:
    boxes = (("年度资金总额（万元）", f"120{remark}"), ("财政拨款", fiscal), ("其他资金", "0"))
    assert ("PGK601" in _rules(_table(("项目名称", "桥梁加固"), *boxes, HEAD, *ROWS))) == wrong


@pytest.mark.parametrize("number", ["180万", "1.2万", "3千", "5亿", "２万"])
@pytest.mark.parametrize("unit", ["公里", "人次", "元", "平方米"])
def test_a_unit_in_its_own_column_follows_a_number_with_a_scale(number: str, unit: str) -> None:
    head = ("一级指标", "二级指标", "三级指标", "指标值", "计量单位")
    rows = [("产出指标", "数量指标", "加固桥梁", number, unit), ("", "质量指标", "验收合格率", "95", "%")]
    out = io.StringIO()
    csv.writer(out).writerows([("项目名称", "桥梁加固", "", "", ""), head, *rows])
    (document,) = extract(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    assert [row.annual_value for row in document.tables[0].indicators] == [number + unit, "95%"]


def test_a_scale_is_not_doubled_by_the_unit() -> None:
    assert join_value("≤", "180万", "万元") == "≤180万"


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "同上行"])
@pytest.mark.parametrize("unit", [True, False])
def test_a_ditto_mark_says_what_stands_above_it(mark: str, unit: bool) -> None:
    head = ("一级指标", "二级指标", "三级指标", "指标值", "计量单位", "备注")
    said = [
        ("产出指标", "数量指标", "加固桥梁座数", "≥4", "座", "按年度计划"),
        (mark, mark, "修补涵洞座数", mark, mark, mark),
        (mark, mark, "更换护栏数量", "≥30", mark if unit else "片", mark),
        (mark, "质量指标", "加固验收合格率", "≥95", "%", mark),
    ]
    plain = [
        *said[:1],
        ("", "", "修补涵洞座数", "≥4", "座", "按年度计划"),
        ("", "", "更换护栏数量", "≥30", "座" if unit else "片", "按年度计划"),
        ("", "质量指标", "加固验收合格率", "≥95", "%", "按年度计划"),
    ]
    read = []
    for rows in (said, plain):
        csv.writer(out := io.StringIO()).writerows([("项目名称", "桥梁加固", "", "", "", ""), head, *rows])
        (document,) = extract(Content("表.csv", out.getvalue().encode("utf-8-sig")))
        (table,) = document.tables
        assert table.unread == []
        read.append([(r.level1, r.level2, r.level3, r.annual_value, r.columns) for r in table.indicators])
    assert read[0] == read[1]


def test_a_ditto_mark_with_nothing_above_it_or_for_a_name_stays_one() -> None:
    (document,) = extract(
        _table(("项目名称", "桥梁加固"), HEAD, ("产出指标", "数量指标", "同上", "同上"), *ROWS)
    )
    assert document.tables[0].indicators[0].level3 == document.tables[0].indicators[0].annual_value == "同上"


BOXES = [("主管部门",), ("项目资金（万元）",), ("财政拨款",), ("其他资金",), ("实施期限",)]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_boxes_that_are_printed_and_empty_are_so_in_the_form(form: Literal["yaml", "json"]) -> None:
    content = _table(("项目名称", "桥梁加固"), *BOXES, HEAD, *ROWS)
    (document,) = extract(content)
    found = {one for one in _rules(content) if one.startswith("PGC14")}
    assert {"PGC140", "PGC143"} <= found
    dumped = Content(f"表.{form}", str(dump(document, form)).encode())
    assert found == {one for one in _rules(dumped) if one.startswith("PGC14")}
    assert dump(document, "csv")
