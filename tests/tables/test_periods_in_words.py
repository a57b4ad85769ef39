"""A time without a year in the box of the period is kept as it is printed, in every carrier; one that lasts for years ends."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import Period
from perfgoals_lint.tables.timespans import period_of

ROWS = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "修缮渡口", "≥3处"]]
MARKS = {".csv": ",", ".txt": "\t"}
MONTHS = {"1": "一", "3": "三", "10": "十", "12": "十二"}
YEARS = {"1": "一", "3": "三", "5": "五"}


def printed(rows: list[list[str]], mark: str) -> str:
    return "\n".join(mark.join([*row, "", "", ""][: len(ROWS[0])]) for row in rows)


@pytest.mark.parametrize("ending", MARKS)
@pytest.mark.parametrize("label", ["实施期限", "项目周期", "起止时间"])
@pytest.mark.parametrize("text", ["一年", "36个月", "当年", "合同签订后10个月", "长期", "“十五五”期间"])
def test_a_period_without_a_year_is_kept(tmp_path: Path, text: str, label: str, ending: str) -> None:
    path = tmp_path / f"表{ending}"
    form = [["项目支出绩效目标表"], ["项目名称", "渡口修缮"], [label, text], *ROWS]
    path.write_text(printed(form, MARKS[ending]), encoding="utf-8")
    table = extract_file(str(path)).tables[0]
    assert (table.period, table.fields) == (None, {label: text})
    assert label in table.locations


def test_a_blank_period_and_one_with_years_are_not_kept_in_words(tmp_path: Path) -> None:
    for text in ("", "—", "2026年1月至2026年12月"):
        path = tmp_path / "表.csv"
        form = [["项目支出绩效目标表"], ["项目名称", "渡口修缮"], ["实施期限", text], *ROWS]
        path.write_text(printed(form, ","), encoding="utf-8")
        assert extract_file(str(path)).tables[0].fields == {}


@pytest.mark.parametrize(("month", "years"), [*product(MONTHS, YEARS)])
def test_a_period_of_years_from_a_month_on(month: str, years: str) -> None:
    last = 2026 + int(years) - (month == "1")
    for begin, began, length in product(
        ("2026年", "二〇二六年"), (month, MONTHS[month]), (years, YEARS[years])
    ):
        assert period_of({"period": f"{begin}{began}月起{length}年"}) == Period(2026, last)


LENGTHS = {
    "{years}年": 0, "{years}年{months}个月": 1, "{years}年零{months}个月": 1, "{years}年半": 6,
    "{all}个月": 1, "{written}年": 0, "{written}年半": 6, "{written_all}个月": 1,
}  # fmt: skip
STARTS = (
    "2026年{month}月",
    "2026.{month}",
    "2026年{month}月1日",
    "2026-{month:02}-01",
    "2026年{month}月16日",
)


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


@pytest.mark.parametrize("lead", ["起", "开始", "日起，为期", "起，期限", "起，建设期"])
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_period_ends_as_many_years_and_months_later(length: str, start: str, lead: str) -> None:
    if lead.startswith("日") and not start.endswith(("日", "01")):
        lead = lead[1:]
    for month, years, months in product((1, 2, 7, 9, 12), (1, 3, 15, 20), (2, 6, 11)):
        more = months if LENGTHS[length] == 1 else LENGTHS[length]
        text = length.format(
            years=years,
            months=months,
            all=12 * years + months,
            written=_in_words(years),
            written_all=_in_words(12 * years + months) if 12 * years + months < 100 else 12 * years + months,
        )
        last = month - 1 + 12 * years + more - (not start.endswith("16日"))
        begin = start.format(month=month)
        assert period_of({"period": f"{begin}{lead.removeprefix('日')}{text}"}) == Period(
            2026, 2026 + last // 12
        )
