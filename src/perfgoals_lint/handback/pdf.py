"""A PDF with the findings as highlights and outline entries, put behind its own bytes as an incremental update."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from perfgoals_lint.handback.entries import FindingEntry, PlaceMark
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import Severity
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, ReadError
from perfgoals_lint.readers.pdf import PageSpace

if TYPE_CHECKING:
    from pypdf import PdfWriter

_COLOURS: dict[Severity, tuple[float, float, float]] = {
    "error": (1.0, 0.6, 0.6),
    "warning": (1.0, 0.88, 0.4),
    "info": (0.65, 0.82, 1.0),
}
_LENGTH = "/PerfgoalsLint"
_LENGTH_KEPT = re.compile(rb"/PerfgoalsLint\s+([0-9]{1,12})")
_TITLE = 120
"""Characters of an outline entry."""

Rectangle = tuple[float, float, float, float]


def annotate(
    data: bytes, marks: Sequence[PlaceMark], entries: Sequence[FindingEntry], words: HandbackWords
) -> bytes:
    """A copy of a PDF with a highlight and a note at every mark, and an outline entry for every finding on a page.

    The bytes of the original stand unchanged at the beginning, so that signatures can still be checked. Raises
    ``ReadError`` when the file is encrypted or its structure cannot be followed.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    data = strip(data)
    placed = [mark for mark in marks if mark.location.page is not None and mark.location.bbox is not None]
    if not placed:
        return data
    space = PageSpace(data)
    try:
        if PdfReader(BytesIO(data)).is_encrypted:
            raise ReadError(ENCRYPTED)
        writer = PdfWriter(BytesIO(data), incremental=True)
        pages = _highlight(writer, placed, space, words.author, len(data))
        _outline(writer, entries, pages, words)
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ReadError(CORRUPT, reason=str(error)) from None
    finally:
        space.close()
    made = out.getvalue()
    if not made.startswith(data):
        raise ReadError(CORRUPT, reason="the update would change what is there")
    return made


def strip(data: bytes) -> bytes:
    """The PDF as it was before :func:`annotate`; what other programs appended afterwards would go too, so that a file
    that was saved again since is given back as it is."""
    kept = _LENGTH_KEPT.findall(data)
    length = int(kept[0]) if kept else 0
    update = data[length:]
    ours = bool(kept) and length < len(data) and update.count(b"startxref") == 1
    return data[:length] if ours and b"%%EOF" in data[max(length - 1024, 0) : length] else data


def _highlight(
    writer: PdfWriter, marks: Sequence[PlaceMark], space: PageSpace, author: str, length: int
) -> dict[int, dict[int, Rectangle]]:
    """Put the highlights in; gives the rectangle by page and number of finding."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    found: dict[int, dict[int, Rectangle]] = {}
    for mark in marks:
        number, box = mark.location.page or 1, mark.location.bbox or (0.0, 0.0, 0.0, 0.0)
        if not 0 < number <= len(writer.pages):
            continue
        rectangle = space.rectangle(number, box)
        left, bottom, right, top = rectangle
        page: Any = writer.pages[number - 1]
        quad = (left, top, right, top, left, bottom, right, bottom)
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Highlight"),
                NameObject("/Rect"): ArrayObject(FloatObject(round(value, 2)) for value in rectangle),
                NameObject("/QuadPoints"): ArrayObject(FloatObject(round(value, 2)) for value in quad),
                NameObject("/C"): ArrayObject(FloatObject(part) for part in _COLOURS[mark.severity]),
                NameObject("/Contents"): TextStringObject(mark.text),
                NameObject("/T"): TextStringObject(author),
                NameObject("/NM"): TextStringObject(f"perfgoals-lint-{mark.numbers[0]}"),
                NameObject("/F"): NumberObject(4),
                NameObject("/P"): page.indirect_reference,
                NameObject(_LENGTH): NumberObject(length),
                NameObject("/AP"): DictionaryObject(
                    {NameObject("/N"): writer._add_object(_appearance(rectangle, mark.severity))}
                ),
            }
        )
        reference = writer._add_object(note)
        held = page.get("/Annots")
        notes: Any = held.get_object() if held is not None else None
        if isinstance(notes, ArrayObject):
            notes.append(reference)
        else:
            page[NameObject("/Annots")] = ArrayObject([reference])
        found.setdefault(number, {}).update(dict.fromkeys(mark.numbers, rectangle))
    return found


def _appearance(rectangle: Rectangle, severity: Severity) -> Any:
    """What a viewer draws: the rectangle in the colour of the severity, multiplied with what stands under it."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    left, bottom, right, top = (round(value, 2) for value in rectangle)
    red, green, blue = _COLOURS[severity]
    stream = StreamObject()
    text = f"/G gs {red} {green} {blue} rg {left} {bottom} {right - left:.2f} {top - bottom:.2f} re f"
    stream.set_data(text.encode("ascii"))
    state = DictionaryObject(
        {NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")}
    )
    resources = DictionaryObject({NameObject("/ExtGState"): DictionaryObject({NameObject("/G"): state})})
    group = DictionaryObject(
        {NameObject("/Type"): NameObject("/Group"), NameObject("/S"): NameObject("/Transparency")}
    )
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(value) for value in (left, bottom, right, top)),
            NameObject("/Resources"): resources,
            NameObject("/Group"): group,
        }
    )
    return stream


def _outline(
    writer: PdfWriter,
    entries: Sequence[FindingEntry],
    pages: dict[int, dict[int, Rectangle]],
    words: HandbackWords,
) -> None:
    from pypdf.generic import Fit

    places = {number: (page, box) for page, numbers in pages.items() for number, box in numbers.items()}
    shown = [entry for entry in entries if entry.number in places]
    if not shown:
        return
    first = places[shown[0].number][0] - 1
    outline: Any = writer.add_outline_item
    head = outline(title=f"{words('sheet.name')} ({len(shown)})", page_number=first, is_open=False)
    for entry in shown:
        page, box = places[entry.number]
        severity = words(f"severity.{entry.severity}")
        title = words("note.head", severity=severity, code=entry.rule, message=entry.problem)[:_TITLE]
        fit = Fit.xyz(left=round(box[0], 1), top=round(box[3] + 20, 1))
        outline(title=title, page_number=page - 1, parent=head, fit=fit)
