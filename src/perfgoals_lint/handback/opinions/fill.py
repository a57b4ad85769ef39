"""Filling forms in Word and Excel: ``{{name}}`` is a text; a row or a part that names a list is repeated for its items.

In a document, the paragraphs ``{{#name}}`` and ``{{/name}}`` stand around what is repeated for every item of a list, and a
table row with ``{{name.key}}`` in it is repeated by itself. In a workbook a row with ``{{name.key}}`` is repeated; rows
below it, and merged cells in them, move down. A name that the form's data do not have is left as it stands, so that a
mistake in a form is seen; :mod:`perfgoals_lint.handback.opinions.placeholders` tells of it.

A row of a document that stands for one finding gets a hidden bookmark that names it, so that what people write into the row
is told again (:mod:`perfgoals_lint.handback.answers`).
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from perfgoals_lint.fixes.office.parts import SPACE, PackageParts, add_text, namespace
from perfgoals_lint.handback.opinions.bookmarks import FINGERPRINT, bookmark, number_bookmarks
from perfgoals_lint.handback.xlsx.book import child
from perfgoals_lint.readers.handed_back import CORE, MARK
from perfgoals_lint.readers.package import Element, local_name, printable
from perfgoals_lint.rulebook.patterns import compiled

_NAME = compiled(r"\{\{\s*([^{}#/]+?)\s*\}\}")
_LISTED = compiled(r"\{\{\s*([^{}#/.]+)\.[^{}]+\}\}")
_OPEN = compiled(r"\{\{\s*#\s*([^{}]+?)\s*\}\}")
_CLOSE = compiled(r"\{\{\s*/\s*([^{}]+?)\s*\}\}")
_LONGEST = 32_000
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def fill_document(template: bytes, context: Mapping[str, Any]) -> bytes:
    """A Word form filled: the document, its headers and footers. Raises ``ReadError`` for a broken form."""
    parts = PackageParts(template)
    for kind, target in parts.relations(parts.main).values():
        if kind in ("header", "footer") and target in parts:
            _expand(parts.edit(target), context)
    body = parts.edit(parts.main).find("{*}body")
    if body is not None:
        _expand(body, context)
        number_bookmarks(body)
    _sign(parts)
    return parts.save()


def _sign(parts: PackageParts) -> None:
    """Put the mark of the tool's own files among the keywords, so that an opinion is never checked as a table."""
    core = parts.related("", CORE)
    if core is None:
        core = parts.free_name("docProps/core{}.xml", plain=True)
        parts.add(core, f'<cp:coreProperties xmlns:cp="{_CORE}"/>'.encode(), _CORE_TYPE)
        parts.relate("", CORE, core, type_=f"{_CORE.rpartition('/')[0]}/relationships/metadata/{CORE}")
    keywords = child(parts.edit(core), "keywords", ["keywords"])
    if MARK not in (keywords.text or ""):
        keywords.text = " ".join(filter(None, [keywords.text, MARK]))


def text_of(element: Element) -> str:
    """The text of all runs in an element."""
    return "".join(piece.text or "" for piece in element.iter("{*}t"))


def _expand(container: Element, context: Mapping[str, Any]) -> None:
    """Repeat and fill what a container of paragraphs, tables and rows holds."""
    children = list(container)
    at = 0
    while at < len(children):
        child = children[at]
        name = local_name(child)
        opened = _OPEN.fullmatch(text_of(child).strip()) if name == "p" else None
        if opened and isinstance(context.get(opened[1]), list):
            end = _end(children, at, opened[1])
            _repeat(container, children[at : end + 1], _items(context, opened[1]), context)
            at = end + 1
            continue
        listed = _LISTED.search(text_of(child)) if name == "tr" else None
        if listed and isinstance(context.get(listed[1]), list):
            _repeat_row(container, child, listed[1], context)
        elif name == "p":
            _fill_paragraph(child, context)
        elif len(child):
            _expand(child, context)
        at += 1


def _end(children: Sequence[Element], start: int, name: str) -> int:
    """Where the part that is opened at a paragraph is closed; the last child when it never is."""
    for number in range(start + 1, len(children)):
        closed = (
            _CLOSE.fullmatch(text_of(children[number]).strip())
            if local_name(children[number]) == "p"
            else None
        )
        if closed and closed[1] == name:
            return number
    return len(children) - 1


def _items(context: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = context.get(name)
    return found if isinstance(found, list) else []


def _repeat(
    container: Element,
    part: Sequence[Element],
    items: Sequence[Mapping[str, Any]],
    context: Mapping[str, Any],
) -> None:
    inner = part[1:-1]
    holders: list[Element] = []
    for item in items:
        holder = etree.Element("part")
        holder.extend([deepcopy(one) for one in inner])
        _expand(holder, {**context, **item})
        holders.append(holder)
    at = list(container).index(part[0])
    for one in part:
        container.remove(one)
    for holder in holders:
        for one in list(holder):
            container.insert(at, one)
            at += 1


def _repeat_row(table: Element, row: Element, name: str, context: Mapping[str, Any]) -> None:
    at = list(table).index(row)
    table.remove(row)
    for item in _items(context, name):
        copied = deepcopy(row)
        _expand(copied, {**context, **{f"{name}.{key}": value for key, value in item.items()}})
        if isinstance(fingerprint := item.get(FINGERPRINT), str):
            bookmark(copied, fingerprint)
        table.insert(at, copied)
        at += 1


def _fill_paragraph(paragraph: Element, context: Mapping[str, Any]) -> None:
    """Put the texts for the names of a paragraph. A name that is spread over several runs is drawn into its first."""
    pieces = list(paragraph.iter("{*}t"))
    if "{{" not in "".join(piece.text or "" for piece in pieces):
        return
    if not all(_balanced(piece.text or "") for piece in pieces):
        pieces[0].text = "".join(piece.text or "" for piece in pieces)
        for piece in pieces[1:]:
            piece.text = ""
    for piece in pieces:
        text = _filled(piece.text or "", context)
        if text != piece.text:
            _write(piece, text)


def _balanced(text: str) -> bool:
    return text.count("{{") == text.count("}}") and not text.endswith("{") and not text.startswith("}")


def _filled(text: str, context: Mapping[str, Any]) -> str:
    def value(match: re.Match[str]) -> str:
        found = context.get(match[1])
        return found if isinstance(found, str) else match[0]

    return _NAME.sub(value, text)


def _write(piece: Element, text: str) -> None:
    """Write a text into its run; lines after the first follow breaks."""
    first, *others = printable(text).split("\n")
    piece.text = first
    piece.set(SPACE, "preserve")
    for line in reversed(others):
        shown = etree.Element(str(piece.tag), {SPACE: "preserve"})
        shown.text = line
        piece.addnext(shown)
        piece.addnext(etree.Element(namespace(piece) + "br"))


# --- workbooks ----------------------------------------------------------------------------------------------------


def fill_workbook(template: bytes, context: Mapping[str, Any]) -> bytes:
    """An Excel form filled, every sheet of it. Raises ``ReadError`` for a broken form."""
    parts = PackageParts(template)
    texts = shared_texts(parts)
    for kind, target in parts.relations(parts.main).values():
        if kind == "worksheet" and target in parts:
            _fill_sheet(parts.edit(target), texts, context)
    _sign(parts)
    return parts.save()


def _fill_sheet(sheet: Element, texts: Sequence[str], context: Mapping[str, Any]) -> None:
    data = sheet.find("{*}sheetData")
    if data is None:
        return
    moved: list[tuple[int, int]] = []
    shift = 0
    for row in list(data):
        number = int(row.get("r") or 0)
        words = {cell: cell_text(cell, texts) for cell in row}
        listed = next(
            (
                m[1]
                for text in words.values()
                if (m := _LISTED.search(text)) and isinstance(context.get(m[1]), list)
            ),
            None,
        )
        items = _items(context, listed) if listed else [{}]
        at = list(data).index(row)
        data.remove(row)
        for copy_number, item in enumerate(items):
            copied = deepcopy(row)
            extra = {f"{listed}.{key}": value for key, value in item.items()}
            for cell, text in zip(copied, words.values(), strict=True):
                _fill_cell(cell, text, {**context, **extra})
            _move_row(copied, number + shift + copy_number)
            data.insert(at + copy_number, copied)
        if len(items) != 1:
            moved.append((number, len(items) - 1))
            shift += len(items) - 1
    for merge in sheet.iterfind("{*}mergeCells/{*}mergeCell"):
        merge.set("ref", _moved(merge.get("ref") or "", moved))
    dimension = sheet.find("{*}dimension")
    if dimension is not None:
        sheet.remove(dimension)


def shared_texts(parts: PackageParts) -> list[str]:
    """The shared strings of a workbook."""
    strings = parts.related(parts.main, "sharedStrings")
    return [text_of(item) for item in parts.root(strings).iterfind("{*}si")] if strings else []


def cell_text(cell: Element, texts: Sequence[str]) -> str:
    """The text of a cell that holds one, by the shared strings."""
    value = cell.find("{*}v")
    if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
        return texts[int(value.text or 0)]
    return text_of(cell) if cell.get("t") == "inlineStr" else ""


def _fill_cell(cell: Element, text: str, context: Mapping[str, Any]) -> None:
    filled = _filled(text, context)
    if filled == text:
        return
    for held in list(cell):
        cell.remove(held)
    cell.set("t", "inlineStr")
    add_text(etree.SubElement(cell, namespace(cell) + "is"), printable(filled)[:_LONGEST])


def _move_row(row: Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        letters = (cell.get("r") or "").rstrip("0123456789")
        cell.set("r", f"{letters}{number}")


def _moved(reference: str, moved: Sequence[tuple[int, int]]) -> str:
    """A reference as ``A5:C5`` after rows were put in behind some rows."""

    def place(match: re.Match[str]) -> str:
        number = int(match[2])
        return match[1] + str(number + sum(count for row, count in moved if row < number))

    return re.sub(r"([A-Z]+)([0-9]+)", place, reference)
