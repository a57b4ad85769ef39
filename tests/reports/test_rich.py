"""The report for people: what it shows, what it costs, and what never gets out."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Edit, Finding, Fix, Location, Related
from perfgoals_lint.reports.textwidth import width
from reports.samples import (
    SCENARIOS,
    TEXT,
    judgement,
    many,
    operator,
    product,
    render,
    report,
    row,
    text_info,
)

by_file = partial(render, "rich", group_by="file", verbose=True)

SRC = Path(__file__).parents[2] / "src"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_eighty_columns_in_a_pipe_without_colour_codes(scenario: str, lang: str) -> None:
    text = render("rich", SCENARIOS[scenario](lang))
    assert all(width(line) <= 80 and line == line.rstrip() for line in text.splitlines())
    assert "\x1b" not in text
    assert not any("\u2500" <= character <= "\u257f" for character in text)


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_other_widths(columns: int) -> None:
    assert all(width(line) <= columns for line in render("rich", many("zh"), width=columns).splitlines())


@given(st.text(max_size=60), st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_shown(name: str, value: str, start: int, end: int) -> None:
    hostile = operator(
        "zh", indicator=row(name, value), quote=value, span=(start, end), project_name=name, fix=None
    )
    goal = replace(hostile, indicator=None, field="annual_goal", message=name)
    text = render("rich", report("zh", [hostile, goal], [text_info("zh")]))
    assert all(width(line) <= 80 for line in text.splitlines())
    assert not any(c < " " and c != "\n" for c in text)


def test_the_mark_stands_under_the_faulty_part() -> None:
    lines = render("rich", report("zh", [product("zh")], [text_info("zh")])).splitlines()
    quoted = next(number for number, line in enumerate(lines) if "每年3万元，" in line)
    column = width(lines[quoted][: lines[quoted].index("每年")])
    carets = lines[quoted + 1]
    assert len(carets) - len(carets.lstrip()) == column
    assert carets.strip() == "^" * width("每年3万元，三年共18万元")


def test_a_long_goal_is_cut_down_to_what_surrounds_the_mark() -> None:
    goal = "前" * 400 + "每年3万" + "后" * 400
    text = render(
        "rich", report("zh", [replace(product("zh"), quote=goal, span=(400, 404))], [text_info("zh")])
    )
    assert text.count("前") == 36
    assert "…前" in text
    assert "后…" in text


def test_findings_of_a_row_share_its_line() -> None:
    second = judgement(
        "zh", indicator=row("数量指标", "修缮道路长度"), quote="大于20公里", span=(4, 6), values=None
    )
    text = by_file(report("zh", [operator("zh"), second], [text_info("zh")]))
    assert text.count("修缮道路长度 | 大于20公里") == 1
    assert "^^^^  ^^^^" in text


def test_rows_of_the_same_name_in_two_projects_stay_apart() -> None:
    other = operator("zh", table_index=1, project_name="乡村书屋更新")
    text = by_file(report("zh", [operator("zh"), other], [text_info("zh")]))
    assert text.count("修缮道路长度 | 大于20公里") == 2
    assert text.index("田间道路修缮") < text.index("乡村书屋更新")


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(TEXT, sheet="汇总", cell="B3"), "汇总!B3"),
        (Location(TEXT, sheet="it's", cell="B3"), "'it''s'!B3"),
        (Location(TEXT, page=3, bbox=(1.0, 2.0, 3.0, 4.0)), "第 3 页"),
        (Location(TEXT, table=2, row=4, column=1), "第 2 张表第 4 行第 1 列"),
        (Location(TEXT), "整个文件"),
        (None, "整个文件"),
    ],
)
def test_addresses(location: Location | None, shown: str) -> None:
    found = operator("zh", location=location, fix=None)
    assert f"用文字代替符号  {shown} 年度指标值" in by_file(report("zh", [found], [text_info("zh")]))


def verdict(found: list[Finding], **options: str | None) -> str:
    return render("rich", report("zh", found, [text_info("zh")]), **options).splitlines()[-1]


def test_the_last_line_says_whether_it_can_be_submitted() -> None:
    assert verdict([]) == "结论：自动检查未发现问题；内容是否真实、合理仍须人工审核。"
    assert verdict([judgement("zh")]).startswith("结论：未发现必须修改的问题；1 处审核时")
    assert verdict([judgement("zh")], fail_on="warning") == "结论：暂不具备报送条件，1 处须修改。"
    assert verdict([product("zh")]) == "结论：暂不具备报送条件，1 处须修改。"
    assert verdict([product("zh")], fail_on=None).startswith("结论：未发现必须修改的问题")
    accepted = "结论：没有新的问题；此前已有或已批准豁免的 1 个问题仍在表中，不等于没有问题。"
    assert verdict([replace(product("zh"), suppressed={"kind": "inline"})]) == accepted
    assert verdict([replace(product("zh"), baseline_state="unchanged")]) == accepted


@pytest.mark.parametrize("form", ["rich", "concise", "grouped", "json", "jsonl"])
def test_nothing_heavy_is_imported_in_a_pipe(form: str) -> None:
    script = (
        "import sys, io; from perfgoals_lint.reports import writer; from perfgoals_lint.reports.run import *\n"
        "from perfgoals_lint.model import Finding\n"
        "f = Finding('PGN509', 'n', 'info', 'd', 'm', 'a.txt')\n"
        f"writer({form!r})(Report([f], '1', '2'), io.StringIO(), Options())\n"
        "print(*sorted({'rich', 'pydantic', 'lark', 'click'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
    )
    assert run.stdout.strip() == ""


def test_a_number_keeps_its_unit() -> None:
    goal = "一" * 34 + "57.2万元" + "二" * 5
    text = by_file(report("zh", [replace(product("zh"), quote=goal, span=(34, 40))], [text_info("zh")]))
    assert any(line.strip().startswith("57.2万元") for line in text.splitlines())


def test_a_long_edit_shows_what_changes() -> None:
    old = "前" * 60 + "计划2023年完成" + "后" * 60
    place = Location(TEXT, line=8)
    edits = [Edit(place, "annual_goal", old, old.replace("2023", "2024"))] * 2
    text = render("rich", report("zh", [replace(product("zh"), fix=Fix(False, edits))], [text_info("zh")]))
    shown = "".join(text.split())
    assert shown.count("可改为（须人工确认）") == 1
    assert "…前前前计划2023年完成后后后后后…→…前前前计划2024年完成后后后后后…" in shown


def test_related_places_of_one_kind_share_a_line() -> None:
    related = [Related("同一指标", Location(TEXT, line=number)) for number in (3, 5)]
    related.append(Related("同一指标", Location("别处.txt", line=9)))
    text = render("rich", report("zh", [replace(product("zh"), related=related)], [text_info("zh")]))
    assert "另见：第 3 行、第 5 行、别处.txt 第 9 行 同一指标" in text


def test_what_belongs_to_no_project_is_told_apart() -> None:
    of_document = replace(product("zh"), project_name=None, unit=None, table_index=None)
    text = by_file(report("zh", [operator("zh"), of_document], [text_info("zh")]))
    assert text.index("修缮道路长度") < text.index("不单属于某个项目") < text.index("PGK605")


def test_the_row_shows_its_values_whatever_the_finding_is_about() -> None:
    values = {"cycle_value": "三年≥60公里", "annual_value": "≥20公里"}
    named = operator("zh", field="level3", quote="修缮道路长度", span=(0, 2), values=values)
    text = by_file(report("zh", [named], [text_info("zh")]))
    assert "修缮道路长度 | 周期：三年≥60公里 | 年度：≥20公里\n    ^^^^\n" in text


def test_equal_values_are_shown_once() -> None:
    same = {"cycle_value": "大于20公里", "annual_value": "大于20公里"}
    text = by_file(report("zh", [operator("zh", values=same)], [text_info("zh")]))
    assert "修缮道路长度 | 大于20公里\n" in text


def test_two_rows_of_the_same_name_with_other_values_stay_apart() -> None:
    rows = [
        operator("zh", quote=value, values={"cycle_value": None, "annual_value": value})
        for value in ("大于20公里", "大于30公里")
    ]
    text = by_file(report("zh", rows, [text_info("zh")]))
    assert "修缮道路长度 | 大于20公里" in text
    assert "修缮道路长度 | 大于30公里" in text


def told(findings: list[Finding], **options: object) -> str:
    tables = 1 + max(found.table_index or 0 for found in findings)
    return render("rich", report("zh", findings, [replace(text_info("zh"), tables=tables)]), **options)


def test_what_must_be_changed_stands_before_everything_else() -> None:
    later = replace(product("zh"), table_index=3)
    text = told([operator("zh"), judgement("zh"), later])
    assert (
        text.index("必须修改") < text.index(later.message[:8]) < text.index("建议修改") < text.index("提示")
    )


def test_equal_findings_are_told_once_with_their_number() -> None:
    found = [replace(judgement("zh"), table_index=n, project_name=f"项目{n}") for n in range(67)]
    text = told(found)
    assert text.count("PGF401") == 1
    assert "67 处" in text
    assert "另 6" in text
    assert len(text.splitlines()) < 24
    verbose = told(found, verbose=True)
    assert all(f"项目{n} " in verbose for n in range(67))


def test_equal_errors_are_told_once_with_what_is_wrong_and_every_place() -> None:
    found = [
        replace(product("zh"), table_index=n, project_name=f"项目{n}", fingerprint="f") for n in range(14)
    ]
    text = told(found)
    assert "PGK605 年数乘积不符（14 处）：每年3万元" in text
    assert text.count(product("zh").message[:12]) == 1
    assert text.count("3 × 3 = 9 万元") == 1
    assert all(f"第 8 行第 6 列 项目{n}\n" in text for n in range(12))
    assert "另有 2 处没有列出，用 -v 全部列出" in text
    assert all(f"第 8 行第 6 列 项目{n}\n" in told(found, verbose=True) for n in range(14))


@pytest.mark.parametrize("number", [3, 8, 9, 60])
def test_errors_that_differ_in_figures_are_one_entry_where_they_are_many(number: int) -> None:
    messages = [f"每年{at + 2}万元，三年共{3 * at + 7}万元" for at in range(number)]
    found = [
        replace(
            product("zh"),
            table_index=at,
            project_name=f"项目{at}",
            message=message,
            advice=f"改为{3 * at + 6}万元",
            evidence={"expression": f"{at + 2} × 3 ≠ {3 * at + 7}"},
            fingerprint=f"f{at}",
        )
        for at, message in enumerate(messages)
    ]
    text = told(found)
    assert text.count("年数乘积不符") == (number if number <= 8 else 1)
    assert [message in text for message in messages] == [at < 12 for at in range(number)]
    assert ("另有 48 处没有列出" in text) == (number == 60)
    assert ("改为6万元" in text) == (number <= 8)
    verbose = told(found, verbose=True)
    assert all(message in verbose for message in messages)


def test_the_last_screen_of_one_file_says_where_it_must_be_changed() -> None:
    other = replace(
        product("zh"),
        location=Location(TEXT, line=20, column=3),
        project_name="渡口修缮",
        table_index=1,
        message="另一处不符",
    )
    text = told([product("zh"), other, judgement("zh")])
    assert "须修改的位置：第 8 行第 6 列、第 20 行第 3 列\n" in text
    assert "须修改的位置" not in told([judgement("zh")])


def test_documents_that_rules_rest_on_are_told_by_number_and_by_title_on_request() -> None:
    assert "财预〔2021〕101号：PGK605" in told([product("zh")])
    assert "《" not in told([product("zh")])
    assert "《" in told([product("zh")], verbose=True)


def test_two_findings_about_one_cell_are_one_entry() -> None:
    worse = replace(operator("zh"), rule="PGC107", severity="error", message="另一个问题")
    text = told([operator("zh"), worse])
    assert text.count("修缮道路长度 | 大于20公里") == 1
    assert text.index("另一个问题") < text.index("应写成比较符号")


def test_every_finding_is_in_the_verbose_report_and_counted_in_the_short_one() -> None:
    found = [
        replace(make("zh"), table_index=n, message=f"说明{n}{make.__name__}")
        for n in range(9)
        for make in (product, judgement)
    ]
    short = told(found)
    assert "9 处" in short
    assert all(f"说明{n}product" in short for n in range(9))


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(TEXT, sheet="汇总", cell="B3"), "汇总!B3"),
        (Location(TEXT, page=3, bbox=(1.0, 2.0, 3.0, 4.0)), "第 3 页“修缮道路长度”一行的“年度指标值”格"),
        (Location(TEXT, table=2, row=4, column=1), "（第 2 张表）“修缮道路长度”一行的“年度指标值”格"),
        (Location(TEXT, line=7), "第 7 行"),
    ],
)
def test_places_are_named_as_a_person_sees_them(location: Location, shown: str) -> None:
    assert shown in told([replace(operator("zh"), severity="error", location=location)])


def test_the_order_can_be_by_unit() -> None:
    found = [replace(product("zh"), table_index=n, unit=unit) for n, unit in enumerate("乙甲乙")]
    text = told(found, group_by="unit")
    assert max(text.rindex("（乙）"), text.rindex("（甲）")) == text.rindex(f"（{max('乙甲')}）")
    assert min(text.index("（乙）"), text.index("（甲）")) == text.index(f"（{min('乙甲')}）")
    assert text.count("项目：") == 3


@pytest.mark.parametrize("order", ["file", "unit", "severity", "rule"])
def test_a_basis_is_told_once_and_hints_are_counted_in_every_order(order: str) -> None:
    found = [replace(product("zh"), table_index=n) for n in range(5)]
    hints = [replace(operator("zh"), table_index=n) for n in range(3)]
    basis = found[0].basis
    assert basis
    text = told([*found, *hints], group_by=order)
    assert "提示：3 处（PGN509×3）" in text
    assert hints[0].message not in text
    assert text.count("依据") == 1
    whole = render("rich", report("zh", [*found, *hints], [text_info("zh")]), group_by=order, verbose=True)
    assert "用 -v 列出" not in whole
    assert "".join(whole.split()).count("".join(basis.split())) == 1


def test_equal_findings_quote_only_what_all_of_them_have() -> None:
    """A heading over several places does not quote the first of them for all."""
    messages = ["“闸门”的时限“2025年”不在“2026年”之内", "“泵房”的时限“2027年”不在“2026年”之内"]
    dates = [
        replace(
            operator("zh"), rule="PGF411", severity="error", message=text, fingerprint=text, indicator=None
        )
        for text in messages
    ]
    text = told(dates)
    assert "“…”的时限“…”不在“2026年”之内" in text
    assert "闸门" not in text
