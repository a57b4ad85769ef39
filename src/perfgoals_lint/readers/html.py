"""HTML pages, and the web archives (.mht) and ".xls" files that hold HTML: tables as a browser lays them out.

Spans are bounded as browsers bound them; nothing outside the file is ever fetched.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from perfgoals_lint.model import Cell, Grid, Source, SourceComment
from perfgoals_lint.readers.body import DocumentBody
from perfgoals_lint.readers.lengths import size_mm
from perfgoals_lint.readers.limits import CORRUPT, Limits, ReadError
from perfgoals_lint.readers.package import Element
from perfgoals_lint.readers.text import decode
from perfgoals_lint.rulebook.patterns import compiled

_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
_CHARSET = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]*encoding=["']([A-Za-z0-9_.-]+)""", re.I
)
_SPACE = compiled(r"[ \t\n\r\f]+")
_NO_TEXT = frozenset(
    {"script", "style", "head", "template", "noscript", "colgroup", "col", "select", "rt", "rp"}
)
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_MARKER = "perfgoals:"
"""What a comment that is a directive says first, in capitals or not."""
_TAG_OR_COMMENT = compiled(
    r"<(?P<close>/?)(?P<name>table|tr)\b|<!--[^\n]*?-->|#\s*perfgoals:[^\n]*", re.IGNORECASE
)
_STYLE_LENGTH = compiled(r"(width|height)\s*:\s*(\d{1,5}(?:\.\d{1,3})?px)")
_HIDDEN = compiled(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)


def read_html(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """Tables (one grid each, numbered from 1 in document order, nested ones included) and the lines between them."""
    return read_html_bytes(stream.read(), path, limits)


def read_html_bytes(data: bytes, path: str, limits: Limits, declared: str | None = None) -> Source:
    """As ``read_html``; ``declared`` is the encoding that a mail header names."""
    found = _CHARSET.search(data[:4096])
    if found and declared is None:
        declared = (found[1] or found[2]).decode("ascii")
    text = _decode(data, declared).replace("\x00", "")
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        recover=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(CORRUPT, reason=str(error)) from None
    _refuse_too_deep(parser)
    state = DocumentBody(path, "html", limits)
    if root is None:
        return state.source
    body = root.find("body")
    pieces: list[str] = []
    _flow(root if body is None else body, pieces, state)
    _end_prose(pieces, state)
    state.source.comments = _comments(text)
    return state.finish()


def _decode(data: bytes, declared: str | None) -> str:
    """The text by its byte order mark, by the declared encoding where that fits, or by what the bytes look like."""
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = "gb18030" if declared.lower() in ("gb2312", "gbk", "x-gbk", "gb_2312-80") else declared
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _refuse_too_deep(parser: etree.HTMLParser) -> None:
    for entry in parser.error_log:
        if "depth" in entry.message.lower():
            raise ReadError(CORRUPT, reason=entry.message.strip())


def _end_prose(pieces: list[str], state: DocumentBody) -> None:
    state.take(_folded(pieces))
    pieces.clear()


def _folded(pieces: list[str]) -> str:
    """The text of collected pieces: white space folded, ``\\n`` only where an element breaks the line."""
    return "\n".join(line.strip(" ") for line in "".join(pieces).split("\n"))


def _flow(element: Element, pieces: list[str], state: DocumentBody) -> None:
    """Text and tables of the page itself; tables end the prose before them."""
    for child in _visible(element, pieces, state):
        if child.tag == "table":
            _end_prose(pieces, state)
            state.take(_table(child, state, False))
        else:
            _flow(child, pieces, state)


def _visible(element: Element, pieces: list[str], state: DocumentBody) -> Iterator[Element]:
    """The child elements to descend into, adding the text before, between and after them to the pieces."""
    block = element.tag in _BLOCKS
    if block:
        _break(pieces)
    _add(pieces, element.text)
    for child in element:
        tag = child.tag
        if tag == "br":
            pieces.append("\n")
        elif tag in ("img", "svg", "canvas"):
            state.flags.add("picture")
            state.add_part("picture", size=_size(child))
        elif tag in ("iframe", "object", "embed"):
            state.add_part("attachment", child.get("src") or child.get("data"))
        elif isinstance(tag, str) and tag not in _NO_TEXT:
            if tag == "table" or not _is_hidden(child):
                yield child
            else:
                hidden = " ".join("".join(map(str, child.itertext())).split())
                if hidden:
                    state.add_part("hidden_text", hidden)
        _add(pieces, child.tail)
    if block:
        _break(pieces)


def _add(pieces: list[str], text: str | None) -> None:
    if text:
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not pieces or pieces[-1][-1:] in (" ", "\n")):
            text = text[1:]
        if text:
            pieces.append(text)


def _break(pieces: list[str]) -> None:
    while pieces and pieces[-1] == " ":
        pieces.pop()
    if pieces and not pieces[-1].endswith("\n"):
        pieces.append("\n")


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table with whether they are hidden; a table's foot comes last."""
    feet: list[Element] = []
    for child in table:
        if child.tag == "tr":
            yield child, _is_hidden(child)
        elif child.tag in ("thead", "tbody"):
            yield from ((row, _is_hidden(child) or _is_hidden(row)) for row in child if row.tag == "tr")
        elif child.tag == "tfoot":
            feet.append(child)
    for foot in feet:
        yield from ((row, _is_hidden(foot) or _is_hidden(row)) for row in foot if row.tag == "tr")


def _table(table: Element, state: DocumentBody, hidden: bool) -> Grid:
    grid = state.new_grid()
    grid.hidden = hidden or _is_hidden(table)
    busy: dict[int, int] = {}
    """Column to the first row that is free again."""
    row_at = 0
    spanning: list[Cell] = []
    for row, row_hidden in _rows(table):
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            state.budget.spend()
            while busy.get(column, 0) > row_at:
                column += 1
            across = _span(element, "colspan", 1, _MOST_COLUMNS)
            down = _span(element, "rowspan", 0, _MOST_ROWS)
            cell = Cell(
                row_at, column, "", down or _MOST_ROWS, across, hidden=row_hidden or _is_hidden(element)
            )
            _fill(cell, element, grid.table, state)
            grid.cells.append(cell)
            if cell.row_span > 1:
                spanning.append(cell)
            for taken in range(column, column + across):
                if across == 1 or busy.get(taken, 0) <= row_at:
                    busy[taken] = row_at + cell.row_span
            column += across
            grid.columns = max(grid.columns, column)
        row_at += 1
    grid.rows = row_at
    for cell in spanning:
        cell.row_span = min(cell.row_span, row_at - cell.row)
    grid.cells.sort(key=lambda cell: (cell.row, cell.column))
    return grid


def _span(element: Element, name: str, least: int, most: int) -> int:
    text = (element.get(name) or "1").strip()
    digits = re.match(r"\d{1,10}", text)
    return min(max(int(digits[0]), least), most) if digits else 1


def _size(image: Element) -> tuple[float, float] | None:
    """Width and height of an image in millimetres, where the page says both, bare numbers in points of the screen."""
    style = dict(_STYLE_LENGTH.findall(image.get("style") or ""))
    width, height = (style.get(name) or (image.get(name) or "").strip() for name in ("width", "height"))
    return size_mm(width, height, "px")


def _comments(text: str) -> list[SourceComment]:
    """The comments of the page that speak to this program, with the table and row in which they stand."""
    if _MARKER not in text.lower():
        return []
    found = []
    tables, row, inside = 0, 0, False
    for match in _TAG_OR_COMMENT.finditer(text):
        name = (match["name"] or "").lower()
        if name == "table" and not match["close"]:
            tables, row, inside = tables + 1, 0, False
        elif name == "tr":
            inside = not match["close"]
            row += inside
        elif not name and _MARKER in match[0].lower():
            line = text.count("\n", 0, match.start()) + 1
            found.append(SourceComment(match[0], line, max(tables, 1), row if inside else row + 1))
    return found


def _fill(cell: Cell, element: Element, table: int | None, state: DocumentBody) -> None:
    pieces: list[str] = []
    around, state.cell = state.cell, (table, cell.row + 1, cell.column + 1)
    _flow_cell(element, pieces, cell, state)
    state.cell = around
    cell.text = _folded(pieces).strip("\n")


def _flow_cell(element: Element, pieces: list[str], cell: Cell, state: DocumentBody) -> None:
    for child in _visible(element, pieces, state):
        if child.tag == "table":
            cell.nested.append(_table(child, state, cell.hidden))
        else:
            _flow_cell(child, pieces, cell, state)
