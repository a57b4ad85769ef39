"""A value that a person writes over another, in its file: the text of one cell or line changes, and nothing else.

Other than a fix, such a change may mean anything; what is proven is its place: the file that it makes is read again,
and must show the new text there and what it showed before everywhere else.
"""

import os
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Literal

from perfgoals_lint import readers
from perfgoals_lint.fixes.apply import FORMATS as TEXTS
from perfgoals_lint.fixes.apply import Carriers, Replacement, decoded, replaced
from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.fixes.office.apply import FORMATS as PACKAGES
from perfgoals_lint.fixes.office.apply import shown_texts
from perfgoals_lint.fixes.office.cells import Workbook
from perfgoals_lint.fixes.office.parts import PackageParts, SignedError
from perfgoals_lint.fixes.office.words import fill
from perfgoals_lint.fixes.passes import stored_as
from perfgoals_lint.model import Location
from perfgoals_lint.readers.docx import anchors_of
from perfgoals_lint.readers.limits import Limits, ReadError

Reason = Literal["format", "signed", "formula", "elsewhere", "text", "encoding"]
EDITABLE = TEXTS | PACKAGES
"""The formats, as a document's ``format``, of files in which a value can be changed."""
_ENDS_A_FIELD = frozenset("\r\n\t\v\f\x1c\x1d\x1e\x85\u2028\u2029")


class NotWrittenError(ValueError):
    """The value was not written: the ``format`` takes none, the file is ``signed``, the cell holds a ``formula``, the
    file cannot hold the characters (``encoding``) or the ``text``, or more than this place would change
    (``elsewhere``)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def written(path: str, format_name: str, location: Location, old: str, new: str) -> bytes:
    """The content of a file with ``new`` in the place of ``old``, which is the whole text of a cell or field.

    Raises :class:`NotWrittenError`, and ``OSError`` when the file cannot be read.
    """
    with open(path, "rb") as file:
        data = file.read()
    if format_name in PACKAGES:
        attempts = _in_package(data, format_name, location, new)
    elif format_name in TEXTS:
        attempts = [_in_text(data, path, format_name, location, old, new)]
    else:
        raise NotWrittenError("format")
    name = os.path.basename(path)
    for made in attempts:
        if made is not None and _only_there(data, made, name, location, old, new):
            return made
    raise NotWrittenError("elsewhere")


def _in_package(data: bytes, format_name: str, location: Location, new: str) -> list[bytes | None]:
    """The package with the new text: for a cell that holds a number, as a number first."""
    try:
        if format_name == "docx":
            parts = PackageParts(data)
            element = anchors_of(parts.edit(parts.main), Limits()).at(location)
            return [parts.save() if element is not None and fill(element, new) else None]
        if Workbook(PackageParts(data)).is_formula(location.sheet or "", location.cell or ""):
            raise NotWrittenError("formula")
        return [
            _saved(data, lambda book: book.put_number(location.sheet or "", location.cell or "", new)),
            _saved(data, lambda book: book.put_text(location.sheet or "", location.cell or "", new)),
        ]
    except SignedError:
        raise NotWrittenError("signed") from None
    except ReadError:
        raise NotWrittenError("format") from None


def _saved(data: bytes, write: Callable[[Workbook], bool]) -> bytes | None:
    parts = PackageParts(data)
    return parts.save() if write(Workbook(parts)) else None


def _in_text(
    data: bytes, path: str, format_name: str, location: Location, old: str, new: str
) -> bytes | None:
    if _ENDS_A_FIELD & set(new):
        raise NotWrittenError("text")
    found = decoded(data)
    if found is None:
        raise NotWrittenError("encoding")
    text, encode = found
    carrier = Carriers(text, path, format_name).at(location)
    span = carrier.find(location, old) if old else _empty(carrier.extent(location))
    if span is None:
        return None
    try:
        return encode(replaced(text, [Replacement(span, carrier.stored(location, new))]))
    except UnicodeEncodeError:
        raise NotWrittenError("encoding") from None


def _empty(extent: TextSpan | None) -> TextSpan | None:
    """The place of a field in which nothing stands."""
    return extent if extent is not None and extent.start == extent.end else None


def _only_there(before: bytes, after: bytes, name: str, location: Location, old: str, new: str) -> bool:
    """Do two contents show the same everywhere but at a place, and there the new text?"""
    with stored_as(before, name) as one, stored_as(after, name) as two:
        shown, now = (shown_texts(readers.read(path, name)) for path in (one, two))
    here = _spot(location)
    rest = ({key: text for key, text in texts.items() if _spot(key) != here} for texts in (shown, now))
    was, became = ([text for key, text in texts.items() if _spot(key) == here] for texts in (shown, now))
    if next(rest) != next(rest) or len(was) > 1 or len(became) > 1:
        return False
    was, became = was or [""], became or [""]  # what is empty need not be told of
    if location.line is not None:
        places = (at for at in range(len(was[0]) + 1) if was[0].startswith(old, at))
        return became[0] in {was[0][:at] + new + was[0][at + len(old) :] for at in places}
    return was[0] == old and _equal(became[0], new)


def _spot(location: Location) -> tuple[object, ...]:
    """What tells a cell or a line from others, whatever column a field of a line begins in."""
    if location.line is not None and location.table is None:
        return (location.line,)
    return location.sheet, location.cell, location.table, location.row, location.column


def _equal(shown: str, asked: str) -> bool:
    """Is a text shown as it was asked for? A number counts as the same in another notation: 1,300.00 for 1300."""
    if shown == asked:
        return True
    try:
        return Decimal(shown.replace(",", "")) == Decimal(asked.replace(",", ""))
    except InvalidOperation:
        return False
