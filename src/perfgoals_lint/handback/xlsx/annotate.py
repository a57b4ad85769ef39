"""A workbook with the findings in place, and the workbook as it was before."""

from collections.abc import Mapping, Sequence

from lxml import etree

from perfgoals_lint.fixes.office.parts import PackageParts, namespace
from perfgoals_lint.handback.entries import FindingEntry, PlaceMark
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx import comments, review_sheet
from perfgoals_lint.handback.xlsx.book import place_child
from perfgoals_lint.handback.xlsx.inside import grids, holds_mark
from perfgoals_lint.handback.xlsx.review_sheet import Answer
from perfgoals_lint.handback.xlsx.styles import Styles
from perfgoals_lint.handback.xlsx.styles import strip as strip_styles
from perfgoals_lint.handback.xlsx.threads import strip_person
from perfgoals_lint.model import Severity
from perfgoals_lint.readers.handed_back import is_review
from perfgoals_lint.readers.package import Element

_ALWAYS = 'N("perfgoals-lint")=0'
"""The condition of the tool's colours: always true, and told from everybody else's."""


def annotate(
    data: bytes,
    marks: Sequence[PlaceMark],
    entries: Sequence[FindingEntry],
    words: HandbackWords,
    answers: Mapping[str, Answer] | None = None,
) -> bytes:
    """A copy of a workbook with comments and colours at the marks and the entries as its last sheet.

    Marks of an earlier round are replaced; what people wrote into its list is kept, unless other ``answers`` are given.
    Raises ``ReadError`` and ``SignedError``.
    """
    parts = PackageParts(data)
    given = (answers_of(data) if holds_mark(parts) else {}) if answers is None else answers
    _strip(parts)
    put(parts, marks, entries, words, given)
    return parts.save()


def put(
    parts: PackageParts,
    marks: Sequence[PlaceMark],
    entries: Sequence[FindingEntry],
    words: HandbackWords,
    answers: Mapping[str, Answer],
) -> None:
    """Put comments and colours at the marks into a package, and the entries as its last sheet."""
    styles = Styles(parts)
    known = parts.sheets()
    for name, held in _by_sheet(marks).items():
        if name in known:
            comments.add(parts, known[name], {cell: mark.text for cell, mark in held.items()}, words.author)
            _colour(parts, known[name], held, styles)
    review_sheet.add(parts, entries, words, styles, answers)
    styles.sign()


def strip(data: bytes) -> bytes:
    """The workbook without anything that :func:`annotate` put in."""
    parts = PackageParts(data)
    _strip(parts)
    return parts.save()


def answers_of(data: bytes) -> dict[str, Answer]:
    """What people wrote into the list of findings of a workbook, by fingerprint."""
    found: dict[str, Answer] = {}
    for grid in grids(data):
        if is_review(grid):
            found |= review_sheet.answers_in(grid)
    return found


def _by_sheet(marks: Sequence[PlaceMark]) -> dict[str, dict[str, PlaceMark]]:
    found: dict[str, dict[str, PlaceMark]] = {}
    for mark in marks:
        if mark.location.sheet is not None and mark.location.cell is not None:
            found.setdefault(mark.location.sheet, {})[mark.location.cell] = mark
    return found


def _colour(parts: PackageParts, sheet: str, marks: Mapping[str, PlaceMark], styles: Styles) -> None:
    """Show severities by conditional formats that always hold: the cells' own styles stay as they are."""
    root = parts.edit(sheet)
    own = {cell.get("r", ""): cell.get("s") for cell in root.iterfind("{*}sheetData/{*}row/{*}c")}
    groups: dict[tuple[Severity, bool], list[str]] = {}
    for cell, mark in marks.items():
        groups.setdefault((mark.severity, styles.has_fill(own.get(cell))), []).append(cell)
    numbers = [int(rule.get("priority") or 0) for rule in root.iter("{*}cfRule")]
    priority = max(numbers, default=0)
    for (severity, filled), cells in groups.items():
        priority += 1
        place_child(root, _condition(root, cells, styles.conditional(severity, filled=filled), priority))


def _condition(root: Element, cells: Sequence[str], number: int, priority: int) -> Element:
    space = namespace(root)
    condition = etree.Element(space + "conditionalFormatting", {"sqref": " ".join(cells)})
    rule = {"type": "expression", "dxfId": str(number), "priority": str(priority)}
    etree.SubElement(etree.SubElement(condition, space + "cfRule", rule), space + "formula").text = _ALWAYS
    return condition


def _strip(parts: PackageParts) -> None:
    review_sheet.strip(parts)
    for part in parts.sheets().values():
        if part not in parts:
            continue
        comments.strip(parts, part)
        if b"perfgoals-lint" in parts.read(part):
            _uncolour(parts.edit(part))
    strip_person(parts)
    strip_styles(parts)


def _uncolour(root: Element) -> None:
    for condition in root.findall("{*}conditionalFormatting"):
        for rule in condition.findall("{*}cfRule"):
            formulas = [(formula.text or "").replace(" ", "") for formula in rule.findall("{*}formula")]
            if formulas == [_ALWAYS]:
                condition.remove(rule)
        if condition.find("{*}cfRule") is None:
            root.remove(condition)
