"""Days that are and are not, stretches, and times before something."""

from __future__ import annotations

import itertools

import pytest

from perfgoals_lint.values import parse
from perfgoals_lint.values.types import Deadline, PeriodValue
from values.test_products import BOUNDS, short


@pytest.mark.parametrize("before", ["产", "考", "岗", "赛", "汛", "术", "课", "节", "播"])
def test_a_time_before_something_is_no_place_in_an_order(before: str) -> None:
    for (bound, op), unit in itertools.product(BOUNDS.items(), ("次", "学时", "天", "小时")):
        assert short(parse(f"{before}前4{unit}{bound}")) == (op, 4, unit)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_days_that_are_and_days_that_are_not(year: int) -> None:
    import calendar

    for month, day in itertools.product((*range(1, 14), 0), (1, 15, 28, 29, 30, 31, 32)):
        there = 1 <= month <= 12 and day <= calendar.monthrange(year, month)[1]
        for form in (
            f"{year}年{month}月{day}日前",
            f"{year}年{month}月{day}日24时前完成"[: -2 if day % 2 else None],
        ):
            if not form.endswith("前") and not form.endswith("完成"):
                continue
            found = parse(form.removesuffix("完成"))
            if there:
                assert isinstance(found, Deadline), form
                assert found.date == f"{year}-{month:02d}-{day:02d}"
            else:
                assert found.kind == "impossible_date", form


def test_days_of_months_without_a_name_and_stretches() -> None:
    for month, day, edge in itertools.product(("次月", "下月", "当月"), (5, 10, 28), ("前", "之前")):
        found = parse(f"{month}{day}日{edge}")
        assert isinstance(found, Deadline)
        assert found.day == day
    for count in range(1, 12):
        for form in (f"2021年前{count}个月", f"202101-2021{count:02d}"):
            found = parse(form)
            assert isinstance(found, PeriodValue), form
            assert (found.start, (found.end or "")[:7]) == ("2021-01-01", f"2021-{count:02d}")


_QUARTERS = {1: ("01-01", "03-31"), 2: ("04-01", "06-30"), 3: ("07-01", "09-30"), 4: ("10-01", "12-31")}


@pytest.mark.parametrize("joined", ["至", "到", "-", "~"])
def test_quarters_with_and_without_their_ordinal_make_a_period(joined: str) -> None:
    for first, last in itertools.product(_QUARTERS, repeat=2):
        for one, other in itertools.product(("第", ""), repeat=2):
            for figures, year in itertools.product(("1234", "一二三四"), ("", "2026年")):
                text = f"2026年{one}{figures[first - 1]}季度{joined}{year}{other}{figures[last - 1]}季度"
                found = parse(text)
                assert isinstance(found, PeriodValue), text
                assert (found.start, found.end) == (
                    f"2026-{_QUARTERS[first][0]}",
                    f"2026-{_QUARTERS[last][1]}",
                ), text
