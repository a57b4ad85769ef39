"""Places that reports tell by line, row or column are found again in the text as it is stored."""

from __future__ import annotations

import csv
import io
import re
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfgoals_lint.fixes.carriers import Carrier, carrier
from perfgoals_lint.fixes.carriers.delimited import Delimited
from perfgoals_lint.model import Location

PATH = "表.txt"


def shown(found: Carrier, location: Location, text: str) -> str | None:
    """The stored text that a shown text was found as."""
    span = found.find(location, text)
    return found.text[span.start : span.end] if span else None


@given(st.text(alphabet='ab," \n\r\t𠮷x', max_size=40))
@example('a,"b,""c""\nd",e\r\n\r\nf')
@example('"a"b,"c')
def test_fields_are_those_of_the_csv_module(text: str) -> None:
    text = "甲,乙,丙\n丁,戊,己\n" + text
    found = Delimited(text)
    for row, record in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        for column, field in enumerate(record, 1):
            extent = found.extent(Location(PATH, table=1, row=row, column=column))
            assert extent is not None
            stored = text[extent.start : extent.end]
            if '"' not in stored:
                assert stored == field


def test_a_quoted_field_is_found_inside_its_quotes_and_stored_with_doubled_ones() -> None:
    place = Location(PATH, table=1, row=2, column=2)
    found = carrier('项目,目标,值\n𠮷水,"建""样板""路","≥9,0"\n', PATH, "csv", place)
    assert shown(found, place, '建"样板"路') == '建""样板""路'
    assert found.stored(place, '"') == '""'
    assert shown(found, Location(PATH, table=1, row=2, column=3), "≥9,0") == "≥9,0"
    assert shown(found, Location(PATH, table=1, row=2, column=9), "有效") is None


def test_a_cell_of_a_pipe_table_keeps_its_escapes() -> None:
    text = "# 目标\n\n| 名称 | 值 |\n|---|---|\n| 甲\\|乙 | ≥5条 |\n| 丙 | ≥5条 |\n"
    place = Location(PATH, table=1, row=2, column=1)
    found = carrier(text, PATH, "markdown", place)
    assert shown(found, place, "甲|乙") == "甲\\|乙"
    value = found.find(Location(PATH, table=1, row=3, column=2), "≥5条")
    assert value is not None
    assert value.start == text.rindex("≥5条")
    assert found.comment(place, "注") == (text.index(" |\n| 丙"), " <!-- 注 -->")


def test_a_text_in_a_row_of_a_page_is_found_where_it_stands_once() -> None:
    text = "<table><tr><td>值</td></tr><tr><td>&lt;5元</td><td>5</td><td>5</td></tr></table>"
    place = Location(PATH, table=1, row=2, column=1)
    found = carrier(text, PATH, "html", place)
    assert shown(found, place, "<5元") == "&lt;5元"
    assert shown(found, place, "5") is None
    assert found.comment(place, "注") == (text.index("<td>&lt;"), "<!-- 注 -->")


def test_rows_of_a_nested_table_are_not_counted_in_the_outer_one() -> None:
    text = "<table><tr><td><table><tr><td>内</td></tr></table></td></tr><tr><td>外</td></tr></table>"
    outer = Location(PATH, table=1, row=2, column=1)
    found = carrier(text, PATH, "html", outer)
    assert shown(found, outer, "外") == "外"
    assert shown(found, Location(PATH, table=2, row=1, column=1), "内") == "内"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c"])
def test_columns_count_shown_characters_only(end: str) -> None:
    text = f"首行{end}𠮷\u200b村\u00ad道\t≥5公里"
    place = Location(PATH, line=2, column=5)
    assert shown(carrier(text, PATH, "text", place), place, "≥5公里") == "≥5公里"


def test_without_a_column_a_text_counts_only_where_it_stands_once() -> None:
    once, twice = Location(PATH, line=1), Location(PATH, line=2)
    found = carrier("面积 ≥5亩\n≥5亩 ≥5亩", PATH, "text", once)
    assert shown(found, once, "≥5亩") == "≥5亩"
    assert shown(found, twice, "≥5亩") is None


def test_a_quoted_scalar_is_found_inside_its_quotes_and_comments_keep_the_indent() -> None:
    text = '项目名称: 甲\n指标:\n  - 三级指标: "道\\"路"\n'
    place = Location("表.yaml", line=3, column=11)
    found = carrier(text, "表.yaml", "text", place)
    assert shown(found, place, '道"路') == '道\\"路'
    assert found.comment(place, "注") == (text.index("  - "), "  # 注\n")


def test_json_takes_no_comment() -> None:
    place = Location("表.json", line=1, column=10)
    assert carrier('{"项目名称": "甲"}', "表.json", "text", place).comment(place, "注") is None


def test_a_bracket_at_the_beginning_makes_no_json() -> None:
    found = carrier("[附件一]\n面积 ≥5亩\n", PATH, "text", Location(PATH, line=2))
    assert found.comment(Location(PATH, line=2), "注") == (6, "# 注\n")


@given(st.text(max_size=60), st.sampled_from(["text", "csv", "markdown", "html"]))
def test_no_text_and_no_place_is_too_strange(text: str, form: str) -> None:
    places = (
        Location(PATH, table=1, row=1, column=1),
        Location(PATH, table=2, row=9, column=9),
        Location(PATH, line=1, column=7),
        Location(PATH, line=99),
    )
    for place in places:
        found = carrier(text, PATH, form, place)
        extent = found.extent(place)
        assert extent is None or 0 <= extent.start <= extent.end <= len(text)
        found.find(place, "值")
        found.comment(place, "注")


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_equal_texts_of_a_row_are_told_apart_by_column(seed: int, closed: bool) -> None:
    random = Random(seed)
    rows: list[list[tuple[int, int, int]]] = []
    free = [0] * 6
    for row in range(6):
        column, held = 0, []
        while column < 6:
            if free[column] > row:
                column += 1
                continue
            most = next((n for n in range(column, 6) if free[n] > row), 6) - column
            wide, high = random.randint(1, min(most, 2)), random.randint(1, min(3, 6 - row))
            free[column : column + wide] = [row + high] * wide
            held.append((column, wide, high))
            column += wide
        rows.append(held)
    end = "</td>" if closed else ""
    text = "<table>" + "".join(
        "<tr>"
        + "".join(f'<td colspan={w} rowspan="{h}">≧9%{end}' for _, w, h in held)
        + ("</tr>" if closed else "")
        for held in rows
    )
    found = carrier(text + "</table>", "a.html", "html", Location("a.html", table=1, row=1))
    starts = []
    for row, held in enumerate(rows, 1):
        for column, _, _ in held:
            span = found.find(Location("a.html", table=1, row=row, column=column + 1), "≧9%")
            assert span is not None
            assert text[span.start : span.end] == "≧9%"
            starts.append(span.start)
    assert starts == [match.start() for match in re.finditer("≧9%", text)]
