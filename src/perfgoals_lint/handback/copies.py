"""Annotated copies: which way a file can bear its findings, and the copy made in that way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from perfgoals_lint.fixes.office.parts import SignedError
from perfgoals_lint.handback.beside import ENDING, beside
from perfgoals_lint.handback.entries import entries_of, marks_of
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import Finding
from perfgoals_lint.readers.limits import ReadError

Way = Literal["inside", "beside"]
Reason = Literal["format", "signed", "unreadable", "text"]
_ZIP = b"PK\x03\x04"
TEXTS = frozenset({"text", "csv", "markdown", "html", "mht", "bars", "yaml", "json"})
"""Formats of texts: a comment has no place in them, and nobody expects one there."""


@dataclass(slots=True, frozen=True)
class Made:
    """A file of the copy: its name, its content, and whether the marks are ``inside`` or ``beside``.

    ``reason`` says why they are not inside: the ``format`` bears none, the file is ``signed`` or ``unreadable`` to the
    writer, or it is ``text``.
    """

    name: str
    content: bytes
    way: Way | None = None
    reason: Reason | None = None


def copies_of(
    path: str,
    format_name: str,
    findings: Sequence[Finding],
    words: HandbackWords,
    *,
    suggest: bool = False,
    passwords: Sequence[str] = (),
) -> list[Made]:
    """The copy of a file with its findings: one file where the marks are inside, else the file as it is and the
    workbook beside it. Raises ``OSError`` when the file cannot be read."""
    with open(path, "rb") as file:
        data = file.read()
    name = os.path.basename(path)
    reason: Reason = "text" if format_name in TEXTS else "format"
    try:
        inside = _inside(data, format_name, findings, words, suggest)
    except SignedError:
        inside, reason = None, "signed"
    except ReadError:
        inside, reason = None, "unreadable"
    if inside is not None:
        return [Made(name, inside, "inside")]
    from perfgoals_lint.readers import read

    shown = next((f.location.path for f in findings if f.location), None)
    source = read(path, display=shown, passwords=passwords)
    workbook = beside(source, marks_of(findings, words), entries_of(findings, words), words)
    return [Made(name, data), Made(name + ENDING, workbook, "beside", reason)]


def _inside(
    data: bytes, format_name: str, findings: Sequence[Finding], words: HandbackWords, suggest: bool
) -> bytes | None:
    """The file with the marks in it; ``None`` for a format that bears none."""
    marks = marks_of(findings, words)
    if format_name == "xlsx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.xlsx.annotate import annotate as annotate_workbook

        return annotate_workbook(data, marks, entries_of(findings, words), words)
    if format_name == "docx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.docx import annotate as annotate_document

        safe = [f.fix for f in findings if f.fix and f.fix.safe] if suggest else []
        return annotate_document(data, marks, words, [edit for fix in safe for edit in fix.edits])
    if format_name == "pdf":
        from perfgoals_lint.handback.pdf import annotate as annotate_pages

        return annotate_pages(data, marks, entries_of(findings, words), words)
    return None


def stripped(path: str, format_name: str) -> bytes:
    """The content of a file without the tool's marks. Raises ``OSError``, ``ReadError`` and ``SignedError``."""
    with open(path, "rb") as file:
        data = file.read()
    if format_name == "xlsx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.xlsx.annotate import strip as strip_workbook

        return strip_workbook(data)
    if format_name == "docx" and data.startswith(_ZIP):
        from perfgoals_lint.handback.docx import strip as strip_document

        return strip_document(data)
    if format_name == "pdf":
        from perfgoals_lint.handback.pdf import strip as strip_pages

        return strip_pages(data)
    return data
