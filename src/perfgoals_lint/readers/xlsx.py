"""Excel workbooks (.xlsx, .xlsm): shown text, merges, hidden parts; transitional and strict namespaces alike."""

from dataclasses import dataclass

from lxml import etree

from perfgoals_lint.model import Grid, Location, Part, Source, cell_place
from perfgoals_lint.readers.datetimes import serial_of
from perfgoals_lint.readers.handed_back import is_review
from perfgoals_lint.readers.limits import PICTURES_ONLY, Limits, ReadError, over
from perfgoals_lint.readers.numformat import BUILTIN, render, render_text
from perfgoals_lint.readers.package import LOCAL_NAMES, Element, Package, local_name, relation_id
from perfgoals_lint.readers.report import add_sheet, note, sheet_failure
from perfgoals_lint.readers.sheet import CellBudget, Sheet
from perfgoals_lint.readers.xlsx_parts import HEADERS, add_header, faint_styles, sheet_parts
from perfgoals_lint.rulebook.patterns import compiled

_ESCAPE = compiled(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


@dataclass(slots=True)
class _Book:
    strings: list[str]
    formats: list[str]
    date1904: bool
    shown: dict[tuple[str, str], str]
    faint: set[str]
    """The styles, by index, whose text is struck through, or white on no colour."""
    columns: dict[str, int]
    """Memo of column letters to 0-based columns."""


def read_xlsx(package: Package, path: str, limits: Limits) -> Source:
    """All worksheets in workbook order, one grid each. Raises ``ReadError`` when nothing can be read."""
    main = package.main("xl/workbook.xml")
    relations = package.relations(main)
    root = package.parse(main)
    properties = root.find("{*}workbookPr")
    date1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
    targets = dict(relations.values())
    styles = targets.get("styles", "")
    styles_root = package.parse(styles) if styles in package else etree.Element("styles")
    strings = _shared_strings(package, targets.get("sharedStrings", ""))
    book = _Book(strings, _cell_formats(styles_root), date1904, {}, faint_styles(styles_root), {})
    source = Source(path, "xlsx")
    budget = CellBudget(limits)
    sheets = root.findall("{*}sheets/{*}sheet")
    if len(sheets) > limits.sheets:
        raise over("sheets", len(sheets), limits.sheets)
    for element in sheets:
        kind, target = relations.get(relation_id(element), ("", ""))
        if kind != "worksheet":
            if kind == "chartsheet":
                source.parts.append(Part("chart", Location(path, sheet=element.get("name", ""))))
            continue
        sheet = Sheet(element.get("name", ""), hidden=element.get("state", "visible") != "visible")
        try:
            _read_sheet(package, target, sheet, book, budget, path)
        except ReadError as error:
            sheet_failure(source, error, sheet.name)
            continue
        sheet.parts += sheet_parts(package, target, sheet.name, path)
        add_sheet(source, sheet, limits)
    said = any(not (isinstance(block, Grid) and is_review(block)) for block in source.blocks)
    if not said and any(part.what == "picture" for part in source.parts):
        note(source, PICTURES_ONLY)
    return source


def unescape(text: str) -> str:
    """The text with ``_x000D_`` escapes resolved; carriage returns are layout and go."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _rich_text(item: Element) -> str:
    """The text of an ``si`` or ``is`` element: plain or by runs, without the phonetic guide."""
    if len(item) == 1 and LOCAL_NAMES[item[0].tag] == "t":
        return unescape(item[0].text or "")
    parts: list[str] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(t.text or "" for t in child if local_name(t) == "t")
    return unescape("".join(parts))


def _shared_strings(package: Package, name: str) -> list[str]:
    if name not in package:
        return []
    return [_rich_text(item) for item in package.elements(name, ("si",))]


def _cell_formats(root: Element) -> list[str]:
    """Format codes by style index."""
    codes = dict(BUILTIN)
    for custom in root.iterfind("{*}numFmts/{*}numFmt"):
        number = custom.get("numFmtId", "")
        if number.isdigit():
            codes[int(number)] = custom.get("formatCode", "General")
    formats: list[str] = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        formats.append(codes.get(int(number) if number.isdigit() else 0, "General"))
    return formats


def _read_sheet(
    package: Package, name: str, sheet: Sheet, book: _Book, budget: CellBudget, path: str
) -> None:
    row_at = -1
    for element in package.elements(name, ("row", "mergeCell", "col", *HEADERS)):
        tag = local_name(element)
        if tag == "row":
            row_at = _read_row(element, row_at + 1, sheet, book, budget)
        elif tag == "mergeCell":
            first, _, last = element.get("ref", "").replace("$", "").partition(":")
            start, end = _position(first, book), _position(last or first, book)
            if start and end and start != end and start[0] <= end[0] and start[1] <= end[1]:
                sheet.merges.append((*start, *end))
        elif tag == "col" and (element.get("hidden") in ("1", "true") or element.get("width") == "0"):
            low, high = element.get("min", ""), element.get("max", "")
            if low.isdigit() and high.isdigit():
                sheet.hidden_columns.append((int(low) - 1, int(high) - 1))
        elif tag in HEADERS:
            add_header(sheet, tag, element.text or "", path)


def _position(reference: str, book: _Book) -> tuple[int, int] | None:
    place = cell_place(reference)
    if place is None or not (0 <= place[0] <= _LAST_ROW and place[1] <= _LAST_COLUMN):
        return None
    book.columns[reference.rstrip("0123456789")] = place[1]
    return place


def _read_row(row: Element, row_at: int, sheet: Sheet, book: _Book, budget: CellBudget) -> int:
    """Read one row; gives its 0-based number (rows without a number follow the one before)."""
    number = row.get("r", "")
    if number.isdigit() and 1 <= int(number) <= _LAST_ROW + 1:
        row_at = int(number) - 1
    if row.get("hidden") in ("1", "true") or row.get("ht") == "0":
        sheet.hidden_rows.append((row_at, row_at))
    column_at = -1
    digits = str(row_at + 1)
    columns, texts = book.columns, sheet.texts
    before = len(texts)
    for cell in row:
        reference = cell.get("r", "")
        column = columns.get(reference[: -len(digits)]) if reference.endswith(digits) else None
        place = (
            (row_at, column) if column is not None else _position(reference, book) or (row_at, column_at + 1)
        )
        column_at = place[1]
        text = _shown_text(cell, book) if len(cell) else ""
        if text:
            texts[place] = text
            if cell.get("s") in book.faint:
                sheet.faint.append(place)
        else:
            sheet.add(*place, "")
            if text is None:
                sheet.formulas_without_value.append(place)
    budget.spend(len(texts) - before)
    return row_at


def _shown_text(cell: Element, book: _Book) -> str | None:
    """What the cell shows; ``None`` for a formula whose value was not stored."""
    kind = cell.get("t", "n")
    value = None
    has_formula = stored = False
    for child in cell:
        name = LOCAL_NAMES[child.tag]
        if name == "v":
            value, stored = child.text, True
        elif name == "f":
            has_formula = True
        elif name == "is":
            return _rich_text(child)
    if value is None:
        # An empty text is a value when it is stored, and none when nothing is.
        return None if has_formula and not (stored and kind == "str") else ""
    if kind == "s":
        at = value.strip()
        text = book.strings[int(at)] if at.isdigit() and int(at) < len(book.strings) else ""
        return _formatted_text(text, cell, book)
    if kind in ("str", "inlineStr"):
        return _formatted_text(unescape(value), cell, book)
    if kind == "b":
        return "TRUE" if value.strip() in ("1", "true") else "FALSE"
    if kind == "d":
        serial = serial_of(value, book.date1904)
        return value if serial is None else _shown_number(repr(serial), cell.get("s", "0"), book, "yyyy/m/d")
    if kind == "e":
        return value
    return _shown_number(value, cell.get("s", "0"), book)


def _formatted_text(text: str, cell: Element, book: _Book) -> str:
    style = cell.get("s")
    if style is None:
        return text
    at = int(style) if style.isdigit() else 0
    code = book.formats[at] if at < len(book.formats) else "General"
    return render_text(text, code) if "@" in code else text


def _shown_number(value: str, style: str, book: _Book, general: str = "General") -> str:
    """A number under its cell's format, ``general`` where that is none."""
    key = (value, style + general)
    shown = book.shown.get(key)
    if shown is None:
        at = int(style) if style.isdigit() else 0
        code = book.formats[at] if at < len(book.formats) else "General"
        code = general if code == "General" else code
        try:
            shown = render(float(value), code, book.date1904)
        except ValueError:
            shown = value
        book.shown[key] = shown
    return shown
