"""Word documents (.docx and the flat XML forms): tables with their spans and nested tables, paragraphs between them.

Insertions that are still tracked are read as accepted, deletions as gone, and both are said. What the tool itself suggested
counts only when somebody has accepted it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from perfgoals_lint.model import Cell, Grid, Location, Source
from perfgoals_lint.readers.body import DocumentBody
from perfgoals_lint.readers.docx_numbering import Numbering, read_numbering
from perfgoals_lint.readers.docx_parts import comments_of, document_parts, drawn, name_comments, plain_text
from perfgoals_lint.readers.handed_back import is_own_change
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError
from perfgoals_lint.readers.package import (
    LOCAL_NAMES,
    Element,
    Package,
    attribute,
    local_name,
    parse_xml,
    whole_number,
)
from perfgoals_lint.readers.symbols import symbol

_WIDEST = 1000
"""No table of a document has more columns; spans beyond are cut."""
_NO_TEXT = frozenset(
    {"instrText", "delText", "delInstrText", "rPr", "pPr", "sdtPr", "rt", "fldChar", "ffData"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HOLDERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "sect", "sub-section"})
"""Elements around paragraphs, tables, rows or cells that add nothing themselves."""


@dataclass(slots=True)
class Anchors:
    """The elements that stand at places: cells by table, row and column, paragraphs by line, all 1-based."""

    cells: dict[tuple[int, int, int], Element] = field(default_factory=dict)
    lines: dict[int, Element] = field(default_factory=dict)

    def at(self, place: Location) -> Element | None:
        """The element at a place that the reader told; ``None`` where there is none."""
        if place.table is None:
            return self.lines.get(place.line or 0)
        return self.cells.get((place.table, place.row or 0, place.column or 0))


class _DocxBody(DocumentBody):
    def __init__(
        self, path: str, limits: Limits, load_numbering: Callable[[], Numbering], anchors: Anchors | None
    ) -> None:
        super().__init__(path, "docx", limits)
        self.load_numbering = load_numbering
        self.numbering: Numbering | None = None
        """Read when the first paragraph asks for it: most documents carry large styles and no lists."""
        self.boxes: list[Element] = []
        """Text boxes met inside the paragraph that is being read."""
        self.paragraph: Element | None = None
        self.anchors = anchors
        """Filled where somebody asked for the elements behind the places."""


def read_docx(package: Package, path: str, limits: Limits) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    main = package.main("word/document.xml")
    related = dict(package.relations(main).values())

    def load_numbering() -> Numbering:
        if related.get("numbering", "") not in package:
            return Numbering()
        styles = package.parse(related["styles"]) if related.get("styles", "") in package else None
        return read_numbering(package.parse(related["numbering"]), styles)

    source = _read_document(package.parse(main), load_numbering, path, limits)
    name_comments(source.parts, comments_of(package, related.get("comments", "")))
    source.parts += document_parts(package, main, path)
    return source


def anchors_of(root: Element, limits: Limits) -> Anchors:
    """The elements of a document's main part at the places that its reader tells."""
    anchors = Anchors()
    _read_document(root, Numbering, "", limits, anchors)
    return anchors


def read_word_xml(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """A Word document saved as one XML file: flat OPC, or the WordprocessingML of 2003."""
    root = parse_xml(stream.read())
    source = _read_document(root, Numbering, path, limits)
    name_comments(source.parts, root.iter("{*}comment"))
    return source


def _read_document(
    root: Element,
    load_numbering: Callable[[], Numbering],
    path: str,
    limits: Limits,
    anchors: Anchors | None = None,
) -> Source:
    body = next((element for element in root.iter() if local_name(element) == "body"), None)
    if body is None:
        raise ReadError(CORRUPT, reason="no document body")
    state = _DocxBody(path, limits, load_numbering, anchors)
    for item in _content(body, state):
        before = state.line
        state.take(item)
        if anchors is not None and state.paragraph is not None:
            anchors.lines.update(dict.fromkeys(range(before + 1, state.line + 1), state.paragraph))
    return state.finish()


def _content(container: Element, state: _DocxBody) -> Iterator[str | Grid]:
    """Paragraph texts and tables in document order; what text boxes hold comes after their paragraph."""
    for child in container:
        name = LOCAL_NAMES[child.tag]
        if name == "p":
            yield _paragraph(child, state)
            boxes, state.boxes = state.boxes, []
            for box in boxes:
                yield from _content(box, state)
        elif name == "tbl":
            yield _table(child, state)
        elif name in _HOLDERS:
            yield from _content(child, state)
        elif name == "AlternateContent":
            yield from _content(_alternative(child), state)


def _alternative(element: Element) -> Element:
    """The one of several renderings that Word shows."""
    return next(iter(element), element)


def _paragraph(paragraph: Element, state: _DocxBody) -> str:
    parts: list[str] = []
    state.paragraph = paragraph
    _inline(paragraph, parts, state)
    text = parts[0] if len(parts) == 1 else "".join(parts)
    properties = paragraph[0] if len(paragraph) else None
    if properties is None or LOCAL_NAMES[properties.tag] != "pPr":
        return text
    if not any(LOCAL_NAMES[child.tag] in ("numPr", "pStyle") for child in properties):
        return text
    if state.numbering is None:
        state.numbering = state.load_numbering()
    label = state.numbering.label(properties)
    return label + text if text else label.rstrip()


def _inline(element: Element, parts: list[str], state: _DocxBody) -> None:
    for child in element:
        name = LOCAL_NAMES[child.tag]
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            if len(child) and LOCAL_NAMES[child[0].tag] == "rPr" and _switched_on(child[0].find("{*}vanish")):
                state.flags.add("hidden")
                hidden = plain_text(child)
                if hidden.strip():
                    state.add_part("hidden_text", hidden)
            else:
                _inline(child, parts, state)
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name in _NO_TEXT:
            continue
        elif name in ("ins", "del") and is_own_change(child):
            if name == "del":
                parts.append(plain_text(child))
        elif name in ("del", "moveFrom"):
            state.flags.add("revision")
            deleted = plain_text(child)
            if name == "del" and deleted.strip():
                state.add_part("deleted_text", deleted)
        elif name == "commentReference":
            state.add_part("comment", attribute(child, "id"))
        elif name == "sym":
            parts.append(_symbol(child))
        elif name in ("drawing", "pict", "object"):
            state.flags.add("picture")
            for what, text, size in drawn(child):
                state.add_part(what, text, size)
            state.boxes.extend(box for box in child.iter("{*}txbxContent"))
        elif name == "AlternateContent":
            _inline(_alternative(child), parts, state)
        elif len(child):
            if name in ("ins", "moveTo"):
                state.flags.add("revision")
            _inline(child, parts, state)


def _switched_on(switch: Element | None) -> bool:
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off")


def _symbol(element: Element) -> str:
    """The character of a ``sym``: Word keeps the code of a symbol font, often moved to the private area."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return symbol(code, attribute(element, "font") or "symbol")


def _held(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row."""
    for child in parent:
        name = LOCAL_NAMES[child.tag]
        if name == wanted:
            yield child
        elif name in _HOLDERS:
            yield from _held(child, wanted)


def _table(table: Element, state: _DocxBody) -> Grid:
    grid = state.new_grid()
    above: dict[int, Cell] = {}
    for row in _held(table, "tr"):
        properties = row.find("{*}trPr")
        column, hidden = 0, False
        if properties is not None:
            if properties.find("{*}del") is not None:
                state.flags.add("revision")
                state.add_part("deleted_text", plain_text(row))
                continue
            column = _small_number(properties.find("{*}gridBefore"), 0)
            hidden = _switched_on(properties.find("{*}hidden"))
        above = _read_row(row, grid, column, hidden, above, state)
        grid.rows += 1
    return grid


def _read_row(
    row: Element, grid: Grid, column: int, hidden: bool, above: dict[int, Cell], state: _DocxBody
) -> dict[int, Cell]:
    """Add a row's cells to the grid; gives the vertically merged cells still open below it, by column."""
    open_cells: dict[int, Cell] = {}
    last: Cell | None = None
    for element in _held(row, "tc"):
        state.budget.spend()
        span, merge_down, merge_left = _merging(element)
        if merge_left and last is not None:
            last.column_span += span
            column += span
            continue
        started = above.get(column) if merge_down == "continue" else None
        if started is not None:
            started.row_span = grid.rows - started.row + 1
            open_cells[column] = started
            last = None
        else:
            last = Cell(grid.rows, column, "", 1, span, hidden=hidden)
            grid.cells.append(last)
            at = (grid.table or 1, grid.rows + 1, column + 1)
            if state.anchors is not None:
                state.anchors.cells[at] = element
            state.fill(last, at, _content(element, state))
            if merge_down is not None:
                open_cells[column] = last
        column += span
    grid.columns = max(grid.columns, column)
    return open_cells


def _merging(cell: Element) -> tuple[int, str | None, bool]:
    """Columns spanned, ``restart`` or ``continue`` or ``None`` for the vertical merge, and whether the cell belongs
    to the one on its left."""
    span, down, left = 1, None, False
    if not len(cell) or LOCAL_NAMES[cell[0].tag] != "tcPr":
        return span, down, left
    for child in cell[0]:
        name = LOCAL_NAMES[child.tag]
        if name == "gridSpan":
            span = max(1, _small_number(child, 1))
        elif name in ("vMerge", "vmerge"):
            down = "restart" if attribute(child, "val") == "restart" else "continue"
        elif name in ("hMerge", "hmerge"):
            left = attribute(child, "val") != "restart"
    return span, down, left


def _small_number(element: Element | None, default: int) -> int:
    return whole_number(None if element is None else attribute(element, "val"), default, _WIDEST)
