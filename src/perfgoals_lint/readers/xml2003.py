"""SpreadsheetML 2003: the XML that Excel 2003 and many information systems write, often named .xls."""

from datetime import datetime
from typing import BinaryIO

from perfgoals_lint.model import Location, Part, Source, cell_name
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.numformat import render, render_text
from perfgoals_lint.readers.package import Element, attribute, local_name, parse_xml, whole_number
from perfgoals_lint.readers.report import MOST_PART_TEXT, add_sheet
from perfgoals_lint.readers.sheet import CellBudget, Sheet

_NAMED = {
    "general number": "General", "general date": "yyyy/m/d h:mm", "short date": "yyyy/m/d",
    "medium date": "d-mmm-yy", "long date": 'yyyy"年"m"月"d"日"', "short time": "h:mm",
    "medium time": "h:mm AM/PM", "long time": "h:mm:ss", "currency": '"¥"#,##0.00',
    "euro currency": '"€"#,##0.00', "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%",
    "scientific": "0.00E+00", "yes/no": '"Yes";"Yes";"No"', "true/false": '"True";"True";"False"',
    "on/off": '"On";"On";"Off"',
}  # fmt: skip
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_EPOCH = datetime(1899, 12, 30)


def read_xml2003(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """All worksheets in order, one grid each. Raises ``ReadError`` on broken XML."""
    root = parse_xml(stream.read())
    codes = _format_codes(root)
    source = Source(path, "xml2003")
    budget = CellBudget(limits)
    for element in root.iterfind("{*}Worksheet"):
        sheet = Sheet(attribute(element, "Name") or "")
        visible = element.find("{*}WorksheetOptions/{*}Visible")
        sheet.hidden = visible is not None and "Hidden" in (visible.text or "")
        for table in element.iterfind("{*}Table"):
            _read_table(table, sheet, codes, budget, path)
        add_sheet(source, sheet, limits)
    return source


def _format_codes(root: Element) -> dict[str, str]:
    """Format codes by style id; a style takes its parent's where it has none."""
    codes: dict[str, str] = {}
    parents: dict[str, str] = {}
    for style in root.iterfind("{*}Styles/{*}Style"):
        name = attribute(style, "ID") or ""
        number_format = style.find("{*}NumberFormat")
        code = None if number_format is None else attribute(number_format, "Format")
        if code is not None:
            codes[name] = _NAMED.get(code.lower(), code)
        else:
            parents[name] = attribute(style, "Parent") or "Default"
    for name, parent in parents.items():
        if parent in codes:
            codes[name] = codes[parent]
    return codes


def _number(element: Element, name: str, default: int, most: int) -> int:
    return whole_number(attribute(element, name), default, most)


def _read_table(table: Element, sheet: Sheet, codes: dict[str, str], budget: CellBudget, path: str) -> None:
    row_at = column_at = 0
    for element in table:
        tag = local_name(element)
        if tag not in ("Row", "Column"):
            continue
        hidden = attribute(element, "Hidden") == "1"
        if tag == "Column":
            column_at = _number(element, "Index", column_at + 1, _LAST_COLUMN + 1) - 1
            last = column_at + _number(element, "Span", 0, _LAST_COLUMN)
            if hidden or attribute(element, "Width") == "0":
                sheet.hidden_columns.append((column_at, last))
            column_at = last + 1
            continue
        row_at = _number(element, "Index", row_at + 1, _LAST_ROW + 1) - 1
        last = row_at + _number(element, "Span", 0, _LAST_ROW)
        if hidden or attribute(element, "Height") == "0":
            sheet.hidden_rows.append((row_at, last))
        _read_row(element, row_at, sheet, codes, budget, path)
        row_at = last + 1


def _read_row(
    row: Element, row_at: int, sheet: Sheet, codes: dict[str, str], budget: CellBudget, path: str
) -> None:
    column_at = 0
    for cell in row:
        if local_name(cell) != "Cell":
            continue
        column_at = _number(cell, "Index", column_at + 1, _LAST_COLUMN + 1) - 1
        across = _number(cell, "MergeAcross", 0, _LAST_COLUMN)
        down = _number(cell, "MergeDown", 0, _LAST_ROW)
        if across or down:
            sheet.merges.append((row_at, column_at, row_at + down, column_at + across))
        remark = cell.find("{*}Comment")
        if remark is not None:
            said = "".join(map(str, remark.itertext())).strip()
            place = Location(path, sheet=sheet.name, cell=cell_name(row_at, column_at))
            sheet.parts += [Part("comment", place, said[:MOST_PART_TEXT])] if said else []
        data = cell.find("{*}Data")
        text = (
            ""
            if data is None
            else _shown(data, codes.get(attribute(cell, "StyleID") or "Default", "General"))
        )
        if text:
            budget.spend()
        elif attribute(cell, "Formula"):
            sheet.formulas_without_value.append((row_at, column_at))
        sheet.add(row_at, column_at, text)
        column_at += across + 1


def _shown(data: Element, code: str) -> str:
    text = "".join(str(part) for part in data.itertext())
    kind = attribute(data, "Type")
    try:
        if kind == "Number":
            return render(float(text), code)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip().rstrip("Z")).replace(tzinfo=None)
            return render(
                (moment - _EPOCH).total_seconds() / 86400, code if code != "General" else "yyyy/m/d"
            )
    except ValueError:
        return text
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return render_text(text, code) if "@" in code else text
