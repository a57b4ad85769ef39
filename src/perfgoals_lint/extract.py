"""From a path to what the document says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfgoals_lint import readers
from perfgoals_lint.tables.recognise import complete_rows, recognise

if TYPE_CHECKING:
    from perfgoals_lint.model import Document
    from perfgoals_lint.readers.limits import Limits
    from perfgoals_lint.records import Directive

_LISTS = frozenset({"project-list"})
"""Layouts that hold whole indicator lists in a cell, where delimiters are a part of the text."""


def extract_file(
    path: str,
    display: str | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    convert: bool = False,
) -> Document:
    """The goal tables of one file. Never raises: what could not be read or recognised is in ``problems``.

    ``passwords`` are tried on a file that asks for one; ``convert`` lets LibreOffice try what no reader can read.
    """
    return extract_with_comments(path, display, limits, passwords, convert)[0]


def extract_with_comments(
    path: str,
    display: str | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
    convert: bool = False,
) -> tuple[Document, list[Directive]]:
    """The goal tables of one file and the inline comments of a text carrier, which are no part of what it says.

    The dump of a project list may look like delimited text, whose sub-total rows and blank columns a grid cannot tell:
    such text is read as lines too, and a list that explains as many indicators counts.
    """
    from perfgoals_lint.inline import take_comments
    from perfgoals_lint.model import Grid
    from perfgoals_lint.tables.items import may_list

    source = readers.read(path, display, limits, passwords)
    if convert and not source.blocks:
        from perfgoals_lint.readers.convert import read_converted
        from perfgoals_lint.readers.limits import Limits as Bounds

        source = read_converted(source, path, limits or Bounds())
    comments = take_comments(source, path)
    document = recognise(source)
    if document.format == "csv" and any(
        may_list(block) for block in source.blocks if isinstance(block, Grid)
    ):
        lines = readers.read(path, display, limits, plain=True)
        line_comments = take_comments(lines, path)
        listed = recognise(lines)
        if listed.layout in _LISTS and complete_rows(listed) >= complete_rows(document):
            return listed, line_comments
    return document, comments
