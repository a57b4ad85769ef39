"""The list of findings as the last sheet of a workbook, and what people wrote into it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, add_text, namespace
from perfgoals_lint.handback.entries import FindingEntry
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx.book import child, made
from perfgoals_lint.handback.xlsx.styles import Styles
from perfgoals_lint.model import Cell, Grid, Location, column_letters
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.readers.package import Element, parse_xml, printable, relation_id
from perfgoals_lint.reports.wording import cell_address
from perfgoals_lint.rulebook.policy import index

COLUMNS = (
    ("number", 6), ("severity", 7), ("place", 18), ("project", 22), ("indicator", 22), ("printed", 24),
    ("problem", 44), ("advice", 44), ("basis", 30), ("state", 12), ("remark", 30),
)  # fmt: skip
"""The columns of the list with their widths in characters; behind them, hidden, what tells the finding again."""
STATES = ("fixed", "explained", "false", "open")
_HEAD = (
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_PAGE = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONGEST = 32_000
_LONGEST_NAME = 31
_STATE_COLUMN = next(number for number, (name, _) in enumerate(COLUMNS) if name == "state")


class Answer(NamedTuple):
    """What somebody wrote beside a finding: the handling chosen, and the remark."""

    state: str
    remark: str


def add(
    parts: PackageParts,
    entries: Sequence[FindingEntry],
    words: HandbackWords,
    styles: Styles,
    answers: Mapping[str, Answer],
) -> str:
    """Add the list as the last sheet; gives its name. ``answers`` by fingerprint are written beside their findings."""
    name = _free_name(words("sheet.name"), parts.sheets())
    part = parts.free_name("xl/worksheets/sheet{}.xml")
    formats = styles.list_formats()
    book = parts.edit(parts.main)
    space = namespace(book)
    content = _sheet(space, entries, words, formats, answers)
    parts.add(part, etree.tostring(content, encoding="UTF-8", xml_declaration=True, standalone=True), _SHEET)
    held = child(book, "sheets", ["sheets"])
    number = max((int(one.get("sheetId") or 0) for one in held), default=0) + 1
    relation = parts.relate(parts.main, "worksheet", part)
    held.append(parts.related_by(space + "sheet", relation, name=name, sheetId=str(number)))
    return name


def _free_name(name: str, taken: Mapping[str, str]) -> str:
    number, free = 1, name
    known = {one.casefold() for one in taken}
    while free.casefold() in known:
        number += 1
        free = f"{name} ({number})"
    return free[:_LONGEST_NAME]


def _sheet(
    space: str,
    entries: Sequence[FindingEntry],
    words: HandbackWords,
    formats: Mapping[str, int],
    answers: Mapping[str, Answer],
) -> Element:
    root = parse_xml(f'<worksheet xmlns="{space.strip("{}")}">{_HEAD}</worksheet>'.encode())
    columns = etree.SubElement(root, space + "cols")
    widths = [*(width for _, width in COLUMNS), 12]
    for number, width in enumerate(widths, 1):
        column = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        if number == len(widths):
            column["hidden"] = "1"
        etree.SubElement(columns, space + "col", column)
    data = etree.SubElement(root, space + "sheetData")
    head = [(words(f"column.{name}"), formats["head"]) for name, _ in COLUMNS]
    _row(data, 1, [*head, (MARK, formats["head"])])
    for at, entry in enumerate(entries, 2):
        _row(data, at, _cells(entry, words, formats, answers.get(entry.fingerprint)))
    if not entries:
        _row(data, 2, [("", formats["text"])] * 6 + [(words("sheet.clean"), formats["text"])])
    last = max(len(entries) + 1, 2)
    span = f"A1:{column_letters(len(COLUMNS) - 1)}{last}"
    etree.SubElement(root, space + "autoFilter", {"ref": span})
    if entries:
        _choices(root, space, last, words)
        _links(root, space, entries)
    root.extend([made(space, text) for text in _PAGE])
    return root


def _cells(
    entry: FindingEntry, words: HandbackWords, formats: Mapping[str, int], answer: Answer | None
) -> list[tuple[str, int]]:
    text = formats["text"]
    link = formats["link"] if entry.location and entry.location.sheet else text
    return [
        (str(entry.number), text),
        (words(f"severity.{entry.severity}"), formats[entry.severity]),
        (entry.place, link),
        (entry.project, text),
        (entry.indicator, text),
        (entry.printed, text),
        (f"{entry.rule} {entry.problem}", text),
        (entry.advice, text),
        (entry.basis, text),
        (answer.state if answer else "", text),
        (answer.remark if answer else "", text),
        (entry.fingerprint, text),
    ]


def _row(data: Element, number: int, cells: Sequence[tuple[str, int]]) -> None:
    space = namespace(data)
    row = etree.SubElement(data, space + "row", {"r": str(number)})
    for column, (text, style) in enumerate(cells):
        attributes = {"r": f"{column_letters(column)}{number}", "s": str(style)}
        if not text:
            etree.SubElement(row, space + "c", attributes)
            continue
        cell = etree.SubElement(row, space + "c", {**attributes, "t": "inlineStr"})
        add_text(etree.SubElement(cell, space + "is"), printable(text)[:_LONGEST])


def _choices(root: Element, space: str, last: int, words: HandbackWords) -> None:
    held = etree.SubElement(root, space + "dataValidations", {"count": "1"})
    letter = column_letters(_STATE_COLUMN)
    rule = {
        "type": "list",
        "allowBlank": "1",
        "showInputMessage": "1",
        "showErrorMessage": "1",
        "sqref": f"{letter}2:{letter}{last}",
    }
    made = etree.SubElement(held, space + "dataValidation", rule)
    etree.SubElement(made, space + "formula1").text = (
        '"' + ",".join(words(f"state.{one}") for one in STATES) + '"'
    )


def _links(root: Element, space: str, entries: Sequence[FindingEntry]) -> None:
    linked = [
        (at, entry.location) for at, entry in enumerate(entries, 2) if entry.location and entry.location.sheet
    ]
    if not linked:
        return
    held = etree.SubElement(root, space + "hyperlinks")
    for at, location in linked:
        etree.SubElement(
            held,
            space + "hyperlink",
            {"ref": f"C{at}", "location": _target(location), "display": _target(location)},
        )


def _target(location: Location) -> str:
    return cell_address(
        location if location.cell else Location(location.path, sheet=location.sheet, cell="A1")
    )


def strip(parts: PackageParts) -> None:
    """Take the tool's sheets out of a workbook."""
    from perfgoals_lint.handback.xlsx.inside import marked_sheets

    for name, part in marked_sheets(parts).items():
        book = parts.edit(parts.main)
        ids = parts.unrelate(parts.main, part)
        held = child(book, "sheets", ["sheets"])
        at = next(n for n, sheet in enumerate(held) if sheet.get("name") == name or relation_id(sheet) in ids)
        held.remove(held[at])
        _forget(book, at)
        parts.remove(part)


def _forget(book: Element, at: int) -> None:
    """Defined names that belong to a sheet that is gone go with it (a program adds one for the filter)."""
    for name in book.findall("{*}definedNames/{*}definedName"):
        local = name.get("localSheetId")
        if local is None:
            continue
        holder = name.getparent()
        if int(local) == at and holder is not None:
            holder.remove(name)
            if not len(holder):
                book.remove(holder)
        elif int(local) > at:
            name.set("localSheetId", str(int(local) - 1))


def answers_in(grid: Grid) -> dict[str, Answer]:
    """What people wrote into a list of findings, by fingerprint; the columns are told by their heads."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    head = {cell.text.strip(): column for column, cell in rows.get(0, {}).items()}
    key, found = head.get(MARK), {}
    messages = index()["messages"]["handback"]
    state = next((head[text] for text in messages["column.state"].values() if text in head), None)
    remark = next((head[text] for text in messages["column.remark"].values() if text in head), None)
    for number, row in rows.items():
        if number == 0 or key is None or key not in row:
            continue
        answer = Answer(_text(row, state), _text(row, remark))
        if answer.state or answer.remark:
            found[row[key].text.strip()] = answer
    return found


def _text(row: Mapping[int, Cell], column: int | None) -> str:
    return row[column].text.strip() if column is not None and column in row else ""
