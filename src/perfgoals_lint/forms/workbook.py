"""A plain worksheet as .xlsx: texts only, so that a program shows what was written and computes nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from perfgoals_lint.model import column_letters
from perfgoals_lint.rulebook.patterns import compiled

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_XML = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_WIDEST = 60
_MOST_CHARACTERS = 32_767
"""Excel's limit for one cell."""

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    # Style 1: text (number format 49), wrapped, so that 100% and 1-2 stay as typed. Style 2: the same in bold.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1"><alignment wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def xlsx(rows: Sequence[Sequence[str]], sheet: str) -> bytes:
    """A workbook of one sheet; the first row is its header. The same rows give the same bytes."""
    widths = [max((len(row[i]) for row in rows[:200]), default=0) for i in range(len(rows[0]))]
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{min(max(width * 2 + 2, 12), _WIDEST)}" style="1" customWidth="1"/>'
        for i, width in enumerate(widths, 1)
    )
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    parts = _PARTS | {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{view}<cols>{columns}</cols>'
        f"<sheetData>{body}</sheetData></worksheet>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + content, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _row(number: int, row: Sequence[str]) -> str:
    style = 2 if number == 1 else 1
    cells = (
        f'<c r="{column_letters(index)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{_NO_XML.sub(_escaped, escape(text[:_MOST_CHARACTERS]))}</t></is></c>"
        for index, text in enumerate(row)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _escaped(match: re.Match[str]) -> str:
    """What XML cannot hold, and what would be read as such an escape, as SpreadsheetML writes it."""
    return "".join(f"_x{ord(match[0][0]):04X}_") + match[0][1:]
