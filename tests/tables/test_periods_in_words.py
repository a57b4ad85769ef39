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
