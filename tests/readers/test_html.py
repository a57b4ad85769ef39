"""HTML tables as a browser lays them out."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Location
from readers.helpers import grids, placed, prose, read_bytes
from readers.strategies import Table, tables


@settings(max_examples=60, deadline=None)
@given(tables())
def test_random_merges_come_back_as_rectangles(table: Table) -> None:
    rows = ["<tr>"] * table.rows
    for row, _column, height, width, text in sorted(table.cells):
        shown = text.replace("\n", "<br/>")
        rows[row] += f"<td rowspan={height} colspan={width}>{shown}</td>"
    page = "<meta charset=utf-8><table>" + "</tr>".join(rows) + "</table>"
    grid = grids(read_bytes(page.encode()))[0]
    folded = {
        (r, c, h, w, "\n".join(" ".join(line.split()) for line in t.split("\n")))
        for r, c, h, w, t in table.shown()
    }
    assert placed(grid) == folded


PAGE = "<html><head><meta charset='{}'><title>不读</title></head><body><h2>一、  甲</h2><p>单位：\n万元</p><table><tr><td>{}</td></tr></table></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = PAGE.format(encoding, "绩效指标㐂" if encoding in ("utf-8", "gb18030") else "绩效指标").encode(
        "gbk" if encoding == "gb2312" else encoding
    )
    source = read_bytes(data)
    assert prose(source) == ["一、 甲", "单位： 万元"]
    assert grids(source)[0].cells[0].text.startswith("绩效指标")


def test_a_wrong_declaration_gives_way() -> None:
    assert prose(read_bytes("<meta charset=utf-8><p>绩效目标表</p>".encode("gbk"))) == ["绩效目标表"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<p class=MsoNormal><span>绩效</span><span><br></span><span> 指标</span></p>", "绩效\n指标"),
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<div>甲<script>x</script><style>y</style></div>", "甲"),
        ("甲<span style='display:none'>乙</span>", "甲"),
        ("&nbsp;≥90%&nbsp;", "\xa0≥90%\xa0"),
        ("m<sup>2</sup>", "m2"),
    ],
)
def test_the_shown_text_of_a_cell(cell: str, shown: str) -> None:
    page = f"<html><meta charset=utf-8><table><tr><td>{cell}</td></tr></table>"
    assert grids(read_bytes(page.encode()))[0].cells[0].text == shown


def test_hidden_rows_are_marked_and_nested_tables_numbered() -> None:
    page = (
        "<html><meta charset=utf-8><table><tr style='display:none'><td>甲<tr><td>外<table><tr><td>内</table>"
        "<tfoot><tr><td>尾</table><table><tr><td>后</table>"
    )
    first, second = grids(read_bytes(page.encode()))
    assert [cell.hidden for cell in first.cells] == [True, False, False]
    inner = first.cells[1].nested[0]
    assert inner.locate(inner.cells[0]) == Location("f", table=2, row=1, column=1)
    assert second.table == 3


def test_rows_spanned_to_the_end() -> None:
    page = "<html><table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>"
    assert placed(grids(read_bytes(page.encode()))[0]) == {
        (1, 1, 3, 1, "a"),
        (1, 2, 1, 1, "b"),
        (2, 2, 1, 1, "c"),
        (3, 2, 1, 1, "d"),
    }


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_web_archives(transfer: str) -> None:
    import quopri

    page = "<html><body><table><tr><td>绩效目标</td></tr></table></body></html>".encode("gbk")
    body = base64.encodebytes(page) if transfer == "base64" else quopri.encodestring(page)
    mail = (
        b'From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        b'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: '
        + transfer.encode()
        + b"\n\n"
        + body
        + b"\n--b--\n"
    )
    source = read_bytes(mail)
    assert source.format == "mht"
    assert grids(source)[0].cells[0].text == "绩效目标"


@settings(max_examples=100, deadline=None)
@given(st.text("<>/tabledrhspn=\"' 甲1&;!-", max_size=200))
def test_never_raises(text: str) -> None:
    read_bytes(("<html><table>" + text).encode())
