"""A date behind a period that has its end is no part of it: it is said to be unread, and the period stays what is printed."""

from __future__ import annotations

import csv
import io

import pytest

from perfgoals_lint import Content, extract
from perfgoals_lint.model import Document

WHOLE = ("2026年1月-2026年12月", "2026年", "2026-2028年", "2026年1月1日至2027年6月30日")
PARTS = (
    ("2026年1月", "至", "2027年12月"),
    ("2026年1月", "2027年12月"),
    ("2026年3月", "—", "2027年3月"),
)


def _read(*period: str) -> Document:
    width = max(6, len(period) + 1)
    rows = [("项目名称", "乡村水塔检修"), ("实施期限", *period), ("预算金额（万元）", "12")]
    rows += [("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "检修水塔座数", "≥6座")]
    csv.writer(out := io.StringIO()).writerows((*row, *("",) * (width - len(row))) for row in rows)
    (document,) = extract(Content("表.csv", out.getvalue().encode("utf-8-sig")))
    return document


@pytest.mark.parametrize("period", [one for one in WHOLE if one != "2026年"])
@pytest.mark.parametrize("more", ["2029年", "2029年12月", "2025"])
def test_a_date_behind_the_end_is_unread(period: str, more: str) -> None:
    alone, document = _read(period).tables[0].period, _read(period, more)
    assert document.tables[0].period == alone
    assert more in [cell.text for cell in document.tables[0].unread]


@pytest.mark.parametrize("parts", PARTS)
def test_the_parts_of_a_period_are_one(parts: tuple[str, ...]) -> None:
    period = _read(*parts).tables[0].period
    assert period is not None
    assert (period.start, period.end) == (2026, 2027)
