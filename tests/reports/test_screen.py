"""The report of a run on one table: it ends on one screen, and nothing is left out without being counted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Finding, Location, TextOutside, UnreadCell
from perfgoals_lint.reports.textwidth import width
from reports.samples import TEXT, judgement, operator, product, render, report, row, text_info

SCREEN = 23
"""Lines of a screen of 24 that are left beside the prompt."""


def several(make: object, number: int, *, longer: int = 1, equal: bool = False) -> list[Finding]:
    """A finding at several places of one table, with messages that are the same or not."""
    found = []
    for at in range(number):
        base: Finding = make("zh")  # type: ignore[operator]
        said = base.message if equal else f"第{at}种说法：" + base.message * longer
        line = 100 if make is product else 200
        place = Location(TEXT, line=line + at, column=3)
        found.append(
            replace(
                base,
                severity="error" if make is product else "warning",
                message=said,
                location=place,
                indicator=row("数量指标", f"第{at}项数量"),
                field="annual_value",
                fingerprint=f"{base.rule}{at}",
                evidence=None,
            )
        )
    return found


def told(findings: list[Finding], **options: object) -> str:
    return render("rich", report("zh", findings, [text_info("zh")]), **options)


@given(
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 9), st.integers(1, 6), st.booleans(), st.booleans()
)
@settings(max_examples=25, deadline=None)
def test_it_fits_and_everything_is_counted(
    errors: int, warnings: int, infos: int, longer: int, equal: bool, wide: bool
) -> None:
    findings = [
        *several(product, errors, longer=longer, equal=equal),
        *several(operator, warnings, longer=longer, equal=equal),
        *(
            replace(judgement("zh"), severity="info", location=Location(TEXT, line=300 + n))
            for n in range(infos)
        ),
    ]
    columns = 110 if wide else 80
    text = told(findings, width=columns)
    lines = text.splitlines()
    assert len(lines) <= SCREEN
    assert all(width(line) <= columns for line in lines)
    assert lines[-1].startswith("结论：")
    assert not errors or f"必须修改：{errors} 处" in text
    assert not warnings or f"建议修改：{warnings} 处" in text
    assert not infos or f"提示：{infos} 处" in text or f"提示 {infos} 处" in text
    missing = sum(f"第 {100 + at} 行" not in text for at in range(errors))
    assert not missing or "-v" in text


def test_what_does_not_fit_is_counted_and_the_command_is_named() -> None:
    text = told(several(product, 40))
    listed = len(re.findall("^  第 1[0-9]{2} 行", text, re.MULTILINE))
    assert 3 <= listed < 40
    assert f"另有 {40 - listed} 处必须修改没有列出" in text
    assert f"perfgoals-lint -v {TEXT} 查看：必须修改的另外 {40 - listed} 处" in text.replace("\n  ", "")
    whole = told(several(product, 40), verbose=True)
    assert all(f"第 {100 + at} 行" in whole for at in range(40))


def test_errors_are_told_whole_and_warnings_in_a_line_each() -> None:
    text = told([*several(product, 3), *several(operator, 6)])
    assert text.count("建议：") == 3
    assert all(f"  第 {200 + at} 行第 3 列 PGN509 第{at}种" in text for at in range(6))
    assert "建议怎么改" in text


def test_a_short_report_is_told_in_full() -> None:
    text = told([product("zh")])
    assert "^" in text
    assert "其余用" not in text


def test_several_tables_are_told_at_length() -> None:
    two = replace(text_info("zh"), tables=2)
    text = render("rich", report("zh", several(product, 12), [two]))
    assert len(text.splitlines()) > SCREEN
    assert "其余用" not in text


def test_a_path_with_blanks_can_be_copied() -> None:
    found = [replace(one, document="目标 表.txt") for one in several(product, 12)]
    text = render("rich", report("zh", found, [replace(text_info("zh"), path="目标 表.txt")]))
    assert 'perfgoals-lint -v "目标 表.txt"' in text


@pytest.mark.parametrize("form", ["rich", "concise", "markdown", "html"])
def test_text_in_no_table_is_told(form: str) -> None:
    first = [UnreadCell("各单位要严格按照目标执行", Location(TEXT, line=2, column=1))]
    info = replace(text_info("zh"), outside=TextOutside(7, first))
    text = render(form, report("zh", [operator("zh")], [info], outside=7))
    assert "不在目标表里的文字 7 段，没有检查" in text
    assert form == "concise" or ("第 2 行" in text and "各单位要严格按照" in text)
    assert (
        "不在目标表里"
        not in render(form, report("zh", [operator("zh")], [text_info("zh")])).partition("<script")[0]
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "执行率和得分是否都算对"), ("en", "execution rates and points of self-evaluations")],
)
def test_a_self_evaluation_is_said_to_have_unchecked_results(lang: str, said: str) -> None:
    """No rule of the usual ones works out rates and totals, nor knows what was reached: the verdict says so, whatever else it says."""
    for number in (0, 1):
        info = replace(text_info(lang), self_evaluations=number)
        for found in ([], [operator(lang)]):
            text = render("rich", report(lang, found, [info])).replace("\n", "").replace(" ", "")
            assert (said.replace(" ", "") in text) == bool(number)
