"""Workbooks and documents that hold what is easily lost."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import xlsxwriter

ROWS = (
    ("项目名称", "一级指标", "二级指标", "三级指标", "年度指标值"),
    ("栈桥加固", "产出指标", "数量指标", "加固栈桥", "≧2座"),
    ("栈桥加固", "产出指标", "质量指标", "验收合格率", "≧95%"),
    ("栈桥加固", "产出指标", "时效指标", "完工时间", "2025年9月底前"),
    ("栈桥加固", "满意度指标", "服务对象满意度指标", "游客满意度", "≥90%"),
)
_STRICT = (
    (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def png() -> BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
        + chunk(b"IEND", b"")
    )


def book(change: Callable[[xlsxwriter.Workbook, object], None] | None = None) -> bytes:
    """A workbook of the rows, with something done to it."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("目标 表")
    for row, texts in enumerate(ROWS):
        sheet.write_row(row, 0, texts)
    if change:
        change(made, sheet)
    made.close()
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """A package with every part changed, and parts added (``__`` in a name stands for ``/``)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _comments(_: object, sheet: object) -> None:
    sheet.write_comment("E2", "去年也是这样写的", {"author": "张三"})
    sheet.write_comment("A1", "表头", {"author": "李四"})


def _text_box(_: object, sheet: object) -> None:
    sheet.insert_textbox(8, 1, "请于月底前报送")
    sheet.insert_image(12, 1, "picture.png", {"image_data": png()})


def _newer_formats(made: object, sheet: object) -> None:
    sheet.write_row(6, 0, [1, 2, 3])
    sheet.add_sparkline("F7", {"range": "'目标 表'!A7:C7"})
    sheet.conditional_format("A7:C7", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("E2", {"validate": "any", "input_message": "写数值"})
    sheet.set_header("&L&G", {"image_left": "picture.png", "image_data_left": png()})
    sheet.write_url("A9", "https://example.invalid/")


def _rich(made: object, sheet: object) -> None:
    bold = made.add_format({"bold": True, "color": "red"})
    sheet.write_rich_string("E3", "≧", bold, "95", "%")


def _protected(made: object, sheet: object) -> None:
    sheet.protect("x")
    sheet.merge_range("A7:E7", "备注")
    filled = made.add_format({"bg_color": "#00FF00"})
    sheet.write("E2", "≧2座", filled)
    made.add_worksheet("隐藏").hide()


def _threaded() -> bytes:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    person = "{00000000-0000-0000-0000-000000000001}"
    thread = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="E2" dT="2024-01-01T00:00:00.00" personId="{person}" '
        'id="{00000000-0000-0000-0000-0000000000AA}"><text>请核实</text></threadedComment></ThreadedComments>'
    )
    people = f'<personList xmlns="{space}"><person displayName="王五" id="{person}" userId="w" providerId="None"/></personList>'

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/_rels/sheet1.xml.rels":
            added = (
                b'<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
                b'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
            )
            return data.replace(b"</Relationships>", added)
        if name == "xl/_rels/workbook.xml.rels":
            added = (
                b'<Relationship Id="rId91" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" '
                b'Target="persons/person.xml"/></Relationships>'
            )
            return data.replace(b"</Relationships>", added)
        if name == "[Content_Types].xml":
            added = (
                b'<Override PartName="/xl/threadedComments/threadedComment1.xml" '
                b'ContentType="application/vnd.ms-excel.threadedcomments+xml"/><Override '
                b'PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/></Types>'
            )
            return data.replace(b"</Types>", added)
        return data

    parts = {
        "xl__threadedComments__threadedComment1.xml": thread.encode(),
        "xl__persons__person.xml": people.encode(),
    }
    return repacked(book(_comments), change, **parts)


def _strict() -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name.endswith((".xml", ".rels")) and not name.startswith("docProps"):
            for old, new in _STRICT:
                data = data.replace(old, new)
        return data

    return repacked(book(), change)


def _macros() -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            data = data.replace(
                b"</Types>",
                b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            )
        if name == "xl/_rels/workbook.xml.rels":
            added = (
                b'<Relationship Id="rId92" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                b'Target="vbaProject.bin"/></Relationships>'
            )
            return data.replace(b"</Relationships>", added)
        return data

    return repacked(book(), change, **{"xl__vbaProject.bin": b"\xd0\xcf"})


def _foreign_parts() -> bytes:
    """Parts that no reader knows, and pivot caches, which nothing else refers to here."""
    return repacked(
        book(),
        lambda _, data: data,
        **{"xl__pivotCache__records1.xml": b"<a/>", "customXml__item1.xml": b"<a/>"},
    )


def _replaced(old: str, new: str, in_part: str, data: bytes | None = None) -> bytes:
    """A workbook with a pattern of one part replaced."""

    def change(name: str, content: bytes) -> bytes:
        return re.sub(old.encode(), new.encode(), content, flags=re.DOTALL) if name == in_part else content

    return repacked(data or book(), change)


def _unstyled() -> bytes:
    """A workbook whose relations name styles that are not there."""
    return _replaced("styles.xml", "gone.xml", "xl/_rels/workbook.xml.rels")


def _declared_by_name() -> bytes:
    """A package that declares every relations part by its name, and a sheet that is not there."""
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    names = ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels")
    said = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in names)
    said += '<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/xml"/>'
    return _replaced('<Default Extension="rels"[^>]*/>', said, "[Content_Types].xml", book(_comments))


BOOKS: dict[str, Callable[[], bytes]] = {
    "plain": book,
    "comments": lambda: book(_comments),
    "text box and picture": lambda: book(_text_box),
    "sparklines, data bars, header picture": lambda: book(_newer_formats),
    "rich text": lambda: book(_rich),
    "protected, merged, filled, hidden": lambda: book(_protected),
    "threads": _threaded,
    "strict": _strict,
    "macros": _macros,
    "foreign parts": _foreign_parts,
    "no styles": _unstyled,
    "empty styles": lambda: _replaced("(<styleSheet[^>]*>).*(?=</styleSheet>)", r"\1", "xl/styles.xml"),
    "styles without counts": lambda: _replaced(' count="[0-9]+"', "", "xl/styles.xml"),
    "types by name": _declared_by_name,
}
