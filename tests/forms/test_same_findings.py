"""What is extracted in the form and checked gives what the original gave, for the samples of every rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import perfgoals_lint
from perfgoals_lint import forms
from perfgoals_lint.forms import flat
from perfgoals_lint.lint.last_year import LastYear
from perfgoals_lint.model import Document, MoneyUnit
from perfgoals_lint.packs.samples import Sample, samples_of
from perfgoals_lint.packs.testing import run
from perfgoals_lint.rulebook import rules as rulebook

CUT_OFF = "PGX102"
"""What is said of a cut table by whoever read it: a sample was read by nobody."""
SELF_EVALUATION = """项目支出绩效自评表,,,,,,,
项目名称,湿地步道维护,,,主管部门,青禾市园林局,,
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
产出指标,数量指标,维护步道长度,≥12公里,10公里,50,50,
产出指标,质量指标,维护合格率,≥98%,99%,50,50,
"""
PERIOD = """项目支出绩效目标表,,,,
（2026年度）,,,,单位：万元
项目名称,湿地步道维护,,,
实施期资金总额,300,年度资金总额,400,
其中：财政拨款,300,其中：财政拨款,400,
一级指标,二级指标,三级指标,实施期指标值,年度指标值
产出指标,数量指标,维护步道长度,≥36公里,≥12公里
"""


def again(document: Document, fmt: forms.Format, folder: Path) -> Document:
    file = folder / f"表.{fmt}"
    made = forms.dump(document, fmt)
    file.write_bytes(made if isinstance(made, bytes) else made.encode())
    return perfgoals_lint.read(file)


def found(rule: rulebook.Rule, document: Document, sample: Sample) -> Counter[tuple[str, str, str]]:
    previous = LastYear([sample.previous]) if sample.previous else None
    findings = run(rule, document, "zh", sample.framework, previous)
    return Counter((one.rule, one.severity, one.message) for one in findings if one.rule != CUT_OFF)


@pytest.mark.parametrize("fmt", forms.FORMATS)
def test_the_samples_of_every_rule(fmt: forms.Format, tmp_path: Path) -> None:
    for rule in rulebook.load():
        for sample in samples_of(rulebook.page_text(rule), rule.code):
            read = again(sample.document, fmt, tmp_path)
            assert found(rule, read, sample) == found(rule, sample.document, sample), (
                rule.code,
                sample.title,
            )


@pytest.mark.parametrize("fmt", forms.FORMATS)
@pytest.mark.parametrize(("text", "code"), [(SELF_EVALUATION, "PGA381"), (PERIOD, "PGA379")])
def test_what_the_layout_alone_says(text: str, code: str, fmt: forms.Format, tmp_path: Path) -> None:
    """A column with nothing in it, the unit of boxes that are kept as printed."""
    rule = next(one for one in rulebook.load() if one.code == code)
    document = perfgoals_lint.read(text.encode(), "表.csv")
    told = [(one.severity, one.message) for one in run(rule, document)]
    assert told
    assert [(one.severity, one.message) for one in run(rule, again(document, fmt, tmp_path))] == told


def test_a_box_of_nought_is_no_empty_box(tmp_path: Path) -> None:
    document = perfgoals_lint.read(PERIOD.replace("400", "0").encode(), "表.csv")
    assert "budget_yuan" not in again(document, "yaml", tmp_path).tables[0].labels


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_an_empty_box_may_be_filled_in_after_extraction(fmt: forms.Format, tmp_path: Path) -> None:
    text = """项目支出绩效目标表,,,
项目名称,湿地步道维护,主管部门,
年度资金总额（元）,,其中：财政拨款,
年度目标,,,
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,维护步道长度,≥12公里
"""
    rows = flat.rows_of(perfgoals_lint.read(text.encode(), "表.csv"))
    said = {
        "主管部门": "甲局",
        "预算金额（元）": "420000",
        "年度目标": "维护步道。",
        "资金来源：财政拨款（元）": "420000",
    }
    rows[0] += [name for name in said if name not in rows[0]]
    rows[1] += [""] * (len(rows[0]) - len(rows[1]))
    for name, value in said.items():
        rows[1][rows[0].index(name)] = value
    file = tmp_path / f"表.{fmt}"
    if fmt == "csv":
        file.write_text(flat.to_csv(rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file)
    (table,) = perfgoals_lint.read(file).tables
    assert (table.department, table.budget_yuan, table.annual_goal) == ("甲局", 420_000, "维护步道。")
    assert table.funding_yuan == {"财政拨款": 420_000}


def test_data_of_the_form_are_no_labels() -> None:
    text = """行类型,项目名称,栏目：资金性质,年度目标,一级指标,三级指标,年度指标值
项目,巷道照明,财政拨款,,产出指标,灯杆,≥30根
"""
    assert perfgoals_lint.read(text.encode(), "表.csv").tables[0].labels == {}


@pytest.mark.parametrize("printed", ["万元(推定)", " 万元（推定）", "万元（推定） "])
def test_the_unit_of_the_original_is_read_however_it_is_written(printed: str) -> None:
    text = (
        f"项目名称: 巷道照明\n原表金额单位: '{printed}'\n绩效指标:\n- 三级指标: 灯杆\n  年度指标值: ≥30根\n"
    )
    document = perfgoals_lint.read(text.encode(), "表.yaml")
    assert document.problems == []
    assert document.tables[0].money_unit == MoneyUnit("万元", "inferred")
