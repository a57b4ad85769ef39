"""Printable forms as files: a workbook with drop-downs and checks, or a Word document."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

from perfgoals_lint.forms.blank import printed_words
from perfgoals_lint.forms.printable import PrintedBox, PrintedPage, choices, page
from perfgoals_lint.forms.writer import new_workbook
from perfgoals_lint.model import GoalTable
from perfgoals_lint.readers.package import printable
from perfgoals_lint.rulebook.policy import index

_WIDTHS = {"level1": 14, "level2": 18, "level3": 26, "operator": 9, "value_unit": 10, "weight": 8}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def printed(framework: str, fmt: Literal["xlsx", "docx"], tables: Sequence[GoalTable] = ()) -> bytes:
    """The form of a framework as a file, empty or with one form a table. Raises ``KeyError`` for an unknown
    framework."""
    pages = [page(framework, table) for table in tables] or [page(framework)]
    return _workbook(framework, pages) if fmt == "xlsx" else _document(pages)


def _workbook(framework: str, pages: Sequence[PrintedPage]) -> bytes:
    out = BytesIO()
    book = new_workbook(out)
    formats = _formats(book)
    for number, one in enumerate(pages, 1):
        sheet = book.add_worksheet(f"项目{number}")
        for column, (name, _) in enumerate(one.columns):
            sheet.set_column(column, column, _WIDTHS.get(name, 20))
        for box in one.boxes:
            shape = formats[box.kind]
            if box.row_span == box.column_span == 1:
                sheet.write_string(box.row, box.column, box.text, shape)
            else:
                last = (box.row + box.row_span - 1, box.column + box.column_span - 1)
                sheet.merge_range(box.row, box.column, *last, box.text, shape)
            if box.kind == "text" and len(box.text) > 60:
                sheet.set_row(box.row, 16 * (1 + len(box.text) // 45))
            if box.kind == "head" and (note := printed_words()["notes"].get(box.name)):
                author = index()["messages"]["handback"]["form_author"]["zh"]
                sheet.write_comment(box.row, box.column, note, {"author": author})
        _checks(sheet, framework, one)
        sheet.set_paper(9)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "font_name": "宋体",
        "font_size": 10.5,
        "num_format": "@",
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "宋体"}),
        "label": book.add_format({**base, "align": "center", "bg_color": "#F2F2F2"}),
        "head": book.add_format({**base, "align": "center", "bold": True, "bg_color": "#F2F2F2"}),
        "level": book.add_format({**base, "align": "center"}),
        "text": book.add_format(base),
        "value": book.add_format(base),
    }


def _checks(sheet: Any, framework: str, one: PrintedPage) -> None:
    """Drop-downs for signs, units and classes; what is not offered may still be written. A percentage over 100 is asked
    about."""
    head = next(box.row for box in one.boxes if box.kind == "head")
    first, last = head + 1, max(one.rows - 1, head + 1)
    for column, (name, _) in enumerate(one.columns):
        offered = choices(framework).get(name)
        if offered:
            rule = {"validate": "list", "source": list(offered), "error_type": "information"}
            sheet.data_validation(first, column, last, column, rule)
    names = [name for name, _ in one.columns]
    if "annual_value" in names and "value_unit" in names:
        value, unit = (chr(65 + names.index(name)) for name in ("annual_value", "value_unit"))
        formula = f'=OR({unit}{first + 1}<>"%",IFERROR(VALUE({value}{first + 1})<=100,TRUE))'
        rule = {
            "validate": "custom",
            "value": formula,
            "error_type": "warning",
            "error_title": printed_words()["check"]["title"],
            "error_message": printed_words()["check"]["message"],
        }
        at = names.index("annual_value")
        sheet.data_validation(first, at, last, at, rule)


# --- Word ---------------------------------------------------------------------------------------------------------


def _document(pages: Sequence[PrintedPage]) -> bytes:
    body = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join(_table(one) for one in pages)
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            package.writestr(info, _HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _table(one: PrintedPage) -> str:
    width = 9638 // len(one.columns)
    grid = f'<w:gridCol w:w="{width}"/>' * len(one.columns)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    title = next(box for box in one.boxes if box.kind == "title")
    covered = {
        (row, box.column): box for box in one.boxes for row in range(box.row + 1, box.row + box.row_span)
    }
    placed = {(box.row, box.column): box for box in one.boxes}
    rows = []
    for row in range(1, one.rows):
        cells = []
        for column in range(len(one.columns)):
            box = placed.get((row, column))
            if box is not None:
                cells.append(_cell(box, width))
            elif (row, column) in covered:
                cells.append(
                    f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    heading = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(title.text, bold=True, size=32)}</w:p>'
    shape = f'<w:tblPr><w:tblW w:w="9638" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
    return f"{heading}<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(box: PrintedBox, width: int) -> str:
    span = f'<w:gridSpan w:val="{box.column_span}"/>' if box.column_span > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if box.row_span > 1 else ""
    middle = '<w:vAlign w:val="center"/>'
    shape = f'<w:tcPr><w:tcW w:w="{width * box.column_span}" w:type="dxa"/>{span}{merge}{middle}</w:tcPr>'
    centred = "" if box.kind in ("text", "value") else '<w:pPr><w:jc w:val="center"/></w:pPr>'
    lines = box.text.split("\n")
    inside = "".join(f"<w:p>{centred}{_run(line, bold=box.kind == 'head')}</w:p>" for line in lines)
    return f"<w:tc>{shape}{inside}</w:tc>"


def _run(text: str, *, bold: bool = False, size: int = 21) -> str:
    if not text:
        return ""
    weight = "<w:b/>" if bold else ""
    shape = f'<w:rPr><w:rFonts w:eastAsia="宋体"/>{weight}<w:sz w:val="{size}"/></w:rPr>'
    return f'<w:r>{shape}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
