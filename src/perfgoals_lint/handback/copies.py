"""Annotated copies: which way a file can bear its findings, and the copy made in that way."""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from typing import Literal, NamedTuple

from perfgoals_lint.files import beside as names
from perfgoals_lint.fixes.office.parts import SignedError
from perfgoals_lint.handback.beside import beside
from perfgoals_lint.handback.entries import entries_of, marks_of
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx.annotate import annotate as annotate_workbook
from perfgoals_lint.handback.xlsx.annotate import strip as strip_workbook
from perfgoals_lint.model import Finding, Grid, Location, Source
from perfgoals_lint.readers import read
from perfgoals_lint.readers.limits import Limits, ReadError

Way = Literal["inside", "beside"]
Reason = Literal["format", "signed", "unreadable", "text", "no_program", "not_converted", "converted"]
_WORTH = 16
"""Files for which one more process is worth its start."""
_AT_ONCE = 4
_ZIP = b"PK\x03\x04"
TEXTS = frozenset({"text", "csv", "markdown", "html", "mht", "yaml", "json"})
"""Formats of texts: a comment has no place in them, and nobody expects one there."""
_OFFICE = (".xls", ".xlsx", ".et", ".doc", ".docx", ".wps")
"""Endings of files that are opened in an office program, also where they hold a text (a page saved as ``.xls``)."""


class Order(NamedTuple):
    """A file whose copy is wanted: where it lies, the format that it has, and what was found in it."""

    path: str
    format: str
    findings: Sequence[Finding]


class How(NamedTuple):
    """How copies are made: the language of their words, whether safe fixes are suggested, the passwords that may open
    files, and whether the office program may convert what cannot bear marks."""

    lang: str
    suggest: bool = False
    convert: bool = False
    passwords: tuple[str, ...] = ()


class Made(NamedTuple):
    """A file of the copy: its name, its content, and whether the marks are ``inside`` or ``beside``.

    ``reason`` says why they are not inside: the ``format`` bears none, the file is ``signed`` or ``unreadable`` to the
    writer, or it is ``text``; ``converted`` stands for a converted copy with the marks inside, ``no_program`` and
    ``not_converted`` for one that was wanted and could not be made.
    """

    name: str
    content: bytes
    way: Way | None = None
    reason: Reason | None = None


def all_copies(orders: Sequence[Order], how: How, most: int) -> Iterator[list[Made] | OSError]:
    """The copies of files, in their order, or why one cannot be read; many are made by several processes,
    ``most`` at the most."""
    width = min(most, len(orders) // _WORTH)
    if width < 2:
        yield from (_copied(order, how) for order in orders)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(width, initializer=_left_alone) as pool:
        try:
            yield from pool.map(_copied, orders, repeat(how), chunksize=_AT_ONCE)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _left_alone() -> None:
    """Interrupts are for the process that asks; being asked to end ends this one at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _copied(order: Order, how: How) -> list[Made] | OSError:
    try:
        return copies_of(order, how)
    except OSError as error:
        return error


def copies_of(order: Order, how: How) -> list[Made]:
    """The copy of a file with its findings: one file where the marks are inside, else the file as it is and the
    workbook beside it. Raises ``OSError`` when the file cannot be read."""
    words, findings = HandbackWords(how.lang), order.findings
    with open(order.path, "rb") as file:
        data = file.read()
    name = os.path.basename(order.path)
    is_text = order.format in TEXTS and not name.lower().endswith(_OFFICE)
    reason: Reason = "text" if is_text else "format"
    try:
        inside = _inside(data, order.format, findings, words, how.suggest)
    except SignedError:
        inside, reason = None, "signed"
    except ReadError:
        inside, reason = None, "unreadable"
    if inside is not None:
        return [Made(name, inside, "inside")]
    if how.convert and reason == "format":
        from perfgoals_lint.readers.convert import ConversionError

        try:
            converted = _converted(order, words, how)
        except ConversionError as error:
            reason = "no_program" if error.args[0] == "no_program" else "not_converted"
        else:
            if converted is not None:
                return [Made(name, data), converted]
    shown = next((f.location.path for f in findings if f.location), None)
    source = read(order.path, display=shown, passwords=how.passwords)
    workbook = beside(source, marks_of(findings, words), entries_of(findings, words), words)
    return [Made(name, data), Made(name + names.WORKBOOK, workbook, "beside", reason)]


def _converted(order: Order, words: HandbackWords, how: How) -> Made | None:
    """The file in a format that bears marks, with those whose place holds the same text in it; ``None`` where there is no
    such format. Raises ``ConversionError``, also where a text of a table did not come through."""
    from perfgoals_lint.readers.convert import ConversionError, converted_copy

    found = converted_copy(order.path, order.format, Limits(), order.path)
    if found is None:
        return None
    name = os.path.basename(order.path) + (names.WORKBOOK if found.format == "xlsx" else names.DOCUMENT)
    places = _Places(read(order.path, passwords=how.passwords), found.source)
    if not places.whole:
        raise ConversionError("lost")
    moved = [
        replace(one, location=places.moved(one.location)) if one.location else one for one in order.findings
    ]
    try:
        inside = _inside(found.content, found.format, moved, words, how.suggest)
    except (SignedError, ReadError):
        return None
    return None if inside is None else Made(name, inside, "beside", "converted")


class _Places:
    """Where the cells of a source are in what it was converted to: at the same place, where that holds the same text, else
    where the same text stands for the same time."""

    def __init__(self, before: Source, after: Source) -> None:
        self._before, self._after = _texts(before), _texts(after)
        self._there: dict[str, list[Location]] = {}
        for place, text in self._after.items():
            self._there.setdefault(text, []).append(place)
        self._here: dict[str, list[Location]] = {}
        for place, text in self._before.items():
            self._here.setdefault(text, []).append(place)

    @property
    def whole(self) -> bool:
        """Are all texts of the tables still there?"""
        return all(len(self._there.get(text, ())) >= len(held) for text, held in self._here.items() if text)

    def moved(self, location: Location) -> Location | None:
        """The place of a cell in the converted file; ``None`` where that is in doubt."""
        place = replace(location, path="")
        text = self._before.get(place)
        if text is None or self._after.get(place) == text:
            return location if text is not None else None
        here, there = self._here[text], self._there.get(text, [])
        return there[here.index(place)] if text and len(here) == len(there) else None


def _texts(source: Source) -> dict[Location, str]:
    """What stands at every place of a source's tables, without white space; places without the name of the file."""
    return {
        replace(grid.locate(cell), path=""): "".join(cell.text.split())
        for grid in source.blocks
        if isinstance(grid, Grid)
        for cell in grid.cells
    }


def _inside(
    data: bytes, format_name: str, findings: Sequence[Finding], words: HandbackWords, suggest: bool
) -> bytes | None:
    """The file with the marks in it; ``None`` for a format that bears none."""
    marks = marks_of(findings, words)
    if format_name == "xlsx" and data.startswith(_ZIP):
        return annotate_workbook(data, marks, entries_of(findings, words), words)
    if format_name == "docx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.docx import annotate as annotate_document

        certain = [f.fix for f in findings if f.fix and f.fix.certain] if suggest else []
        return annotate_document(data, marks, words, [edit for fix in certain for edit in fix.edits])
    if format_name == "pdf":
        from perfgoals_lint.handback.pdf import annotate as annotate_pages

        return annotate_pages(data, marks, entries_of(findings, words), words)
    return None


def stripped(path: str, format_name: str) -> bytes:
    """The content of a file without the tool's marks. Raises ``OSError``, ``ReadError`` and ``SignedError``."""
    with open(path, "rb") as file:
        data = file.read()
    if format_name == "xlsx" and data.startswith(_ZIP):
        return strip_workbook(data)
    if format_name == "docx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.docx import strip as strip_document

        return strip_document(data)
    if format_name == "pdf":
        from perfgoals_lint.handback.pdf import strip as strip_pages

        return strip_pages(data)
    return data
