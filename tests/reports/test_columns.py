"""Columns in characters, UTF-16 code units and UTF-8 bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.model import Edit, Finding, Location
from perfgoals_lint.reports.columns import (
    Region,
    Unit,
    convert,
    edit_region,
    finding_region,
    related_region,
)
from perfgoals_lint.reports.lines import SourceLines

LINE = "𠮷村\t大于20公里。"


def text(path: str, line: int) -> str | None:
    return LINE if line == 4 else None


def finding(
    location: Location | None, quote: str | None = None, span: tuple[int, int] | None = None
) -> Finding:
    return Finding("PGN509", "n", "info", "规范性", "m", "a.txt", location=location, quote=quote, span=span)


PLACE = Location("a.txt", line=4, column=4)


@pytest.mark.parametrize(("unit", "column", "end"), [("characters", 4, 6), ("utf16", 5, 7), ("bytes", 9, 15)])
def test_the_span_is_marked_in_every_unit(unit: Unit, column: int, end: int) -> None:
    assert finding_region(finding(PLACE, "大于20公里", (0, 2)), unit, text) == Region(4, column, end)


def test_a_span_that_goes_on_on_the_next_line_marks_the_rest_of_this_one() -> None:
    assert finding_region(finding(PLACE, "大于20公里。三年", (6, 9)), "characters", text) == Region(4, 4, 11)


def test_without_a_quote_the_rest_of_the_line_is_marked() -> None:
    assert finding_region(finding(PLACE), "characters", text) == Region(4, 4, 11)


def test_without_the_text_of_the_line_only_what_is_known_is_told() -> None:
    assert finding_region(finding(PLACE), "characters", None) == Region(4, 4)
    assert finding_region(finding(PLACE), "utf16", None) == Region(4)
    assert finding_region(finding(Location("a.txt", line=4, column=1)), "bytes", None) == Region(4, 1)


def test_a_column_beyond_the_line_is_left_out() -> None:
    assert finding_region(finding(Location("a.txt", line=4, column=40)), "bytes", text) == Region(4)


def test_a_carrier_without_lines_has_no_region() -> None:
    assert finding_region(finding(Location("a.xlsx", sheet="表", cell="B2")), "utf16", text) is None
    assert finding_region(finding(Location("a.docx", table=1, row=2, column=3)), "utf16", text) is None
    assert finding_region(finding(None), "utf16", text) is None
    assert related_region(Location("a.pdf", page=2), "utf16", text) is None


def test_related_places() -> None:
    assert related_region(PLACE, "bytes", text) == Region(4, 9)
    assert related_region(Location("a.txt", line=9, column=3), "bytes", text) == Region(9)


def test_an_edit_is_placed_only_where_its_text_stands() -> None:
    assert edit_region(Edit(PLACE, "annual_value", "大于20公里", ">20公里"), "bytes", text) == Region(
        4, 9, 23
    )
    assert edit_region(Edit(PLACE, "annual_value", "大于30公里", ">30公里"), "bytes", text) is None
    assert (
        edit_region(Edit(Location("a.xlsx", sheet="表", cell="B2"), "annual_value", "a", "b"), "bytes", text)
        is None
    )


@given(st.text(max_size=40), st.integers(1, 41))
def test_columns_count_what_stands_before(line: str, column: int) -> None:
    before = line[: column - 1]
    assert convert(line, column, "utf16") - 1 == sum(2 if ord(c) > 0xFFFF else 1 for c in before)
    assert convert(line, column, "bytes") - 1 == len(before.encode("utf-8", "surrogatepass"))
    assert convert(line, column, "characters") == column


def test_without_a_column_the_text_is_looked_for_on_its_line() -> None:
    line = Location("a.txt", line=4)
    assert finding_region(finding(line, "大于20公里", (0, 2)), "utf16", text) == Region(4, 5, 7)
    assert finding_region(finding(line, "每年大于20公里", (2, 4)), "characters", text) == Region(4, 4, 6)
    assert finding_region(finding(line, "不在这里"), "characters", text) == Region(4)
    twice = finding(line, "公里", (0, 2))
    assert finding_region(twice, "characters", lambda *_: "公里，公里") == Region(4)
    assert edit_region(Edit(line, "annual_value", "大于20公里", ">20公里"), "bytes", text) == Region(4, 9, 23)


def test_lines_of_a_file(tmp_path: Path) -> None:
    first, second = tmp_path / "甲.txt", tmp_path / "乙.txt"
    first.write_bytes("\ufeff项目名称\r\n大于20公里".encode())
    second.write_bytes("项目名称：乡村书屋更新\n年度目标：更新图书三千册。\n".encode("gb18030"))
    lines = SourceLines()
    assert lines(str(first), 2) == "大于20公里"
    assert lines(str(second), 2) == "年度目标：更新图书三千册。"
    assert lines(str(first), 1) == "项目名称"
    assert lines(str(first), 9) is None
    assert lines(str(tmp_path / "没有.txt"), 1) is None
