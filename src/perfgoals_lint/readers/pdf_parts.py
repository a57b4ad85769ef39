"""What a PDF holds beside the print of its pages: notes of readers and attached files."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from perfgoals_lint.model import Location, Part
from perfgoals_lint.readers.handed_back import is_own
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_REMARKS = frozenset({
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUARE,
})  # fmt: skip
"""Kinds of annotations that carry somebody's remark."""
_LONGEST_NOTE = 1 << 20
"""Bytes of a note that are read."""


def attachments(document: pypdfium2.PdfDocument, path: str) -> Iterator[Part]:
    """The files that are attached to the document, by name."""
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(document.raw)):
        name = pypdfium2.PdfAttachment(pdfium.FPDFDoc_GetAttachment(document.raw, index), document).get_name()
        yield Part("attachment", Location(path), name[:200] or None)


def remarks_on(page: Any) -> list[str]:
    """What the notes on a page say: its comments, and text that was typed over it. Notes of the tool's own are none."""
    texts = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_PARTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(annotation) in _REMARKS and not is_own(_said(annotation, b"T")):
            texts.append(_said(annotation, b"Contents")[:MOST_PART_TEXT])
        pdfium.FPDFPage_CloseAnnot(annotation)
    return list(filter(None, texts))


def _said(annotation: Any, key: bytes) -> str:
    """A text of an annotation; empty where there is none, or more than anybody writes into a note."""
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= _LONGEST_NOTE:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()
