"""Forms as people write them: aliases, places, mistakes; templates of every framework."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from forms.test_round_trip import from_csv, from_xlsx
from perfgoals_lint import forms
from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.forms.blank import framework_levels
from perfgoals_lint.forms.positions import FormSyntaxError, parse
from perfgoals_lint.model import Document, Location, Period
from perfgoals_lint.rulebook import frameworks

FORM = """\
项目名称: 渡口护栏更新
实施单位: 渡管站
预算金额（万元）: 12.50
财政拨款: 10万元
实施周期: 2026-2028
年度绩效目标: |
  更新护栏30处。
资金支出计划: {6月底: 40%, 12月底: 100%}
绩效指标:
  - 一级指标: 产出指标
    指标名称: 更新护栏
    计算符号: ≥
    指标值: 30
    计量单位: 处
  - {一级指标: 满意度指标, 三级指标: 乘客满意度, 年度指标值: 100%}
"""


def load(text: str) -> Document:
    document = forms.load(text, "甲.yaml")
    assert document is not None
    return document


def test_other_names_of_a_field_are_understood() -> None:
    document = load(FORM)
    assert document.problems == []
    (table,) = document.tables
    assert (table.project_name, table.unit, table.annual_goal) == (
        "渡口护栏更新",
        "渡管站",
        "更新护栏30处。\n",
    )
    assert table.budget_yuan == Decimal("125000.00")
    assert table.funding_yuan == {"财政拨款": Decimal(100_000)}
    assert table.period == Period(2026, 2028)
    assert table.disbursement_plan == [("6月底", "40%"), ("12月底", "100%")]
    assert [(i.level3, i.annual_value) for i in table.indicators] == [
        ("更新护栏", "≥30处"),
        ("乘客满意度", "100%"),
    ]


def test_every_part_knows_its_line() -> None:
    (table,) = load(FORM).tables
    assert table.locations["budget_yuan"] == Location("甲.yaml", line=3, column=11)
    assert table.indicators[0].locations["annual_value"].line == 13
    assert table.indicators[1].locations["level3"].line == 15


def test_scalars_stay_what_was_written() -> None:
    document = load(
        "项目名称: 2026\n绩效指标:\n"
        + "".join(
            f"  - {{三级指标: 甲, 年度指标值: {v}}}\n"
            for v in ("100%", "1:30", "是", "2026-01-31", "0x1F", "1e3", "yes")
        )
    )
    (table,) = document.tables
    assert table.project_name == "2026"
    assert [i.annual_value for i in table.indicators] == [
        "100%",
        "1:30",
        "是",
        "2026-01-31",
        "0x1F",
        "1e3",
        "yes",
    ]


def test_several_projects_in_one_file() -> None:
    one = "项目名称: 甲\n年度目标: 一\n"
    assert [t.project_name for t in load(one + "---\n" + one).tables] == ["甲", "甲"]
    assert len(load("- 项目名称: 甲\n  年度目标: 一\n- 项目名称: 乙\n  年度目标: 二\n").tables) == 2
    whole = load(
        "项目:\n  - 项目名称: 甲\n合计:\n  - {名称: 合计, 总计: 3万元, 全表合计: 是, 首项目: 1, 末项目: 1}\n"
    )
    assert [(t.name, t.total, t.grand, t.first, t.last) for t in whole.totals] == [
        ("合计", Decimal(30_000), True, 0, 0)
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "args"),
    [
        ("项目名称: 甲\n三级目标: 乙\n", "PGX111", 2, {"key": "三级目标"}),
        (
            "项目名称: 甲\n绩效指标:\n  - 三级指标: 乙\n    年度值标: 1\n",
            "PGX111",
            4,
            {"key": "年度值标", "near": "年度指标值"},
        ),
        ("项目名称: 甲\n预算金额: 很多\n", "PGX112", 2, {"key": "预算金额", "value": "很多"}),
        ("项目名称: 甲\n预算年度: 后年\n", "PGX112", 2, {"key": "预算年度", "value": "后年"}),
        ("项目名称: 甲\n绩效指标: 无\n", "PGX112", 2, {"key": "绩效指标", "value": "无"}),
        ("项目名称: 甲\n年度目标: [\n", "PGX110", 3, {}),
        ("项目名称: 甲\n年度目标: 一\n年度目标: 二\n", "PGX110", 3, {}),
        ("项目名称: &a 甲\n年度目标: *a\n", "PGX110", 2, {}),
    ],
)
def test_mistakes_have_their_line(text: str, code: str, line: int, args: dict[str, str]) -> None:
    (problem,) = load(text).problems
    assert (problem.code, problem.location.line) == (code, line)
    assert args.items() <= problem.args.items()


@pytest.mark.parametrize("ending", ["yaml", "YML", "json"])
@pytest.mark.parametrize("at", range(12, len(FORM), 19))
@pytest.mark.parametrize("broken", ["\n\t- [", '\n"', "*甲 ["])
def test_a_broken_form_is_not_read_as_another_text(tmp_path: Path, ending: str, at: int, broken: str) -> None:
    form = tmp_path / f"甲.{ending}"
    text = FORM[:at] + broken + FORM[at:]
    form.write_text(text, encoding="utf-8")
    wrong = forms.load(text, form.name)
    assert wrong is not None
    document = extract_file(str(form), form.name)
    codes = [problem.code for problem in document.problems]  # nothing else about cells, columns or rows
    assert codes == [problem.code for problem in wrong.problems]
    assert document.tables or codes == ["PGX110"]


def test_a_mistake_costs_its_own_project_only() -> None:
    document = load("- 项目名称: 甲\n  预算金额: 多\n- 项目名称: 乙\n  预算金额: 3\n")
    assert [table.project_name for table in document.tables] == ["乙"]
    assert [problem.location.line for problem in document.problems] == [2]


@pytest.mark.parametrize("text", ["", "项目名称\n甲", "a: 1", "[1, 2]", "{}", "项目部长: 甲", "#", "- \n- "])
def test_other_texts_are_not_taken(text: str) -> None:
    assert forms.load(text, "甲.txt") is None


def test_flat_form_with_repeated_and_missing_kinds() -> None:
    source = from_csv(
        "行类型,项目名称,预算金额（元）,一级指标,三级指标,年度指标值,备忘\r\n"
        ",甲,3万元,产出指标,护栏,'=9处,\r\n,甲,,效益指标,受益,8村,\r\n,乙,5,产出指标,路灯,3盏,x\r\n"
    )
    document = forms.load(source)
    assert document is not None
    first, second = document.tables
    assert (first.project_name, first.budget_yuan) == ("甲", Decimal(30_000))
    assert [i.annual_value for i in first.indicators] == ["=9处", "8村"]
    assert second.indicators[0].locations["annual_value"] == Location("甲.csv", table=1, row=4, column=6)
    assert [(p.code, p.args["key"], p.location.column) for p in document.problems] == [("PGX111", "备忘", 7)]


@pytest.mark.parametrize("framework", frameworks.names())
@pytest.mark.parametrize("fmt", forms.FORMATS)
def test_templates_lay_out_the_levels(framework: str, fmt: forms.Format) -> None:
    form = forms.template(framework, fmt)
    if isinstance(form, bytes):
        document = forms.load(from_xlsx(form))
    else:
        document = forms.load(from_csv(form)) if fmt == "csv" else forms.load(form, "甲", fmt)
    assert document is not None
    assert document.problems == []
    (table,) = document.tables
    shown = [(i.level1_code, i.level1, i.level2_code, i.level2) for i in table.indicators]
    slots = framework_levels(framework)
    assert shown == [(s.level1_code, s.level1, s.level2_code, s.level2) for s in slots]
    assert table.form == ("department" if framework == "dept" else "project")


def test_unknown_framework() -> None:
    with pytest.raises(KeyError):
        forms.template("mars", "yaml")


def test_schema_accepts_what_is_written_and_refuses_unknown_keys() -> None:
    schema = forms.json_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    form = forms.template("gd", "json")
    assert isinstance(form, str)
    assert validator.is_valid(json.loads(form))
    assert validator.is_valid([{"项目名称": "甲", "预算金额": 12.5}])
    assert not validator.is_valid({"项目名称": "甲", "目地": "乙"})


@given(st.text(st.sampled_from("项目名称指标: \n-[]{}&*!|>'\"#,?%@`\t甲1"), max_size=60))
@settings(deadline=None, max_examples=300)
def test_no_text_raises(text: str) -> None:
    with contextlib.suppress(FormSyntaxError):
        parse(text)
    document = forms.load("项目名称: 甲\n年度目标: 乙\n" + text, "甲.yaml")
    assert document is not None
    assert document.tables or document.problems


def test_deep_and_wide_texts_end_quickly() -> None:
    assert load("项目名称: " + "[" * 100_000).problems[0].code == "PGX110"
    assert load("项目名称: 甲\n" + "a" * 1_000_000 + ": 1\n").problems[0].code in ("PGX110", "PGX111")
